package dev.kiln.builder.bake;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.cache.CacheEntry;
import dev.kiln.builder.cache.Scratch;
import dev.kiln.builder.describe.DescribeImage;
import dev.kiln.builder.describe.Description;
import dev.kiln.builder.describe.Origin;
import dev.kiln.builder.distro.Families;
import dev.kiln.builder.distro.Family;
import dev.kiln.builder.fetch.Crew;
import dev.kiln.builder.fetch.Download;
import dev.kiln.builder.fetch.Fetcher;
import dev.kiln.builder.initrd.BuildInitrd;
import dev.kiln.builder.kernel.KernelCodecs;
import dev.kiln.builder.key.Format;
import dev.kiln.builder.key.ProductKey;
import dev.kiln.builder.kit.Kit;
import dev.kiln.builder.kit.KitTools;
import dev.kiln.builder.kit.PrepareKit;
import dev.kiln.builder.kit.Tool;
import dev.kiln.builder.layer.LayerPaths;
import dev.kiln.builder.layer.PackedLayer;
import dev.kiln.builder.lock.LockProfile;
import dev.kiln.builder.mirror.LockedFiles;
import dev.kiln.builder.mirror.Mirrors;
import dev.kiln.builder.output.BakedImage;
import dev.kiln.builder.output.Netboot;
import dev.kiln.builder.output.OutputDirectory;
import dev.kiln.builder.output.WriteImage;
import dev.kiln.builder.packages.ReadyPackage;
import dev.kiln.builder.packages.ReadyPackages;
import dev.kiln.builder.progress.Progress;
import dev.kiln.builder.source.BuildFormats;
import dev.kiln.builder.source.BuildInputs;
import dev.kiln.builder.source.BuildPin;
import dev.kiln.builder.tree.SealRules;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import dev.kiln.lock.Lock;
import dev.kiln.lock.LockedBuild;
import dev.kiln.lock.LockedPin;
import dev.kiln.lock.LockedSet;
import dev.kiln.manifest.ImageDirectory;
import dev.kiln.node.system.Conventions;
import dev.kiln.node.system.NodeFile;
import dev.kiln.node.system.NodeFiles;
import dev.kiln.profile.Build;
import dev.kiln.profile.Pin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Bakes an image: the flow from a profile to a directory that a boot server can serve. What it
 * makes is told by {@link #bakeOnce} alone; each step asks the cache first.
 */
public final class BakeImage {
  private final Cache cache;
  private final Fetcher fetcher;
  private final Mirrors mirrors;
  private final LockedFiles files;
  private final Progress progress;
  private final Families families;
  private final Family family;
  private final Conventions conventions;
  private final BakeRequest request;

  /**
   * Prepares one bake.
   *
   * @throws KilnException of kind UNSUPPORTED where the profile's family or release is not known
   * @param mirrors where this machine gets packages from
   */
  public BakeImage(
      Cache cache,
      Fetcher fetcher,
      Mirrors mirrors,
      Families families,
      Progress progress,
      BakeRequest request) {
    this.cache = cache;
    this.fetcher = fetcher;
    this.mirrors = mirrors;
    this.files = new LockedFiles(mirrors);
    this.families = families;
    this.family = families.of(request.profile());
    this.conventions = family.conventions(request.profile().distribution());
    this.progress = progress;
    this.request = request;
  }

  /** Does it; what the cache has broken is made again. */
  public ImageDirectory bake() {
    new ResolvedRequest(request, mirrors, cache).lines().forEach(progress::note);
    // What a profile pins is known before anything is chosen: it comes while that is done.
    try (Crew<Path> pins = fetcher.begin(downloads(LockProfile.pins(request.profile())))) {
      return cache.mending(progress::note, () -> bakeOnce(pins));
    }
  }

  private ImageDirectory bakeOnce(Crew<Path> pins) {
    try (Scratch scratch = cache.scratch("bake")) {
      Lock lock = progress.step("lock", this::lock);
      Materials materials = progress.step("fetch", () -> fetch(lock, pins));
      Tools kit = kit(lock, materials, scratch.path());
      OsLayer os = progress.step("assemble", () -> assemble(lock, kit, materials));
      List<PackedLayer> added = progress.step("add", () -> add(lock, kit, os));
      CacheEntry initrd =
          progress.step("initrd", () -> initrd(lock, kit, materials, os, scratch.path()));
      BakedImage image = baked(lock, os, added, initrd);
      Netboot netboot = Netboot.of(image);
      Description description = progress.step("describe", () -> describe(lock, image, netboot));
      return progress.step("write", () -> write(lock, netboot, description));
    }
  }

  private Lock lock() {
    return new ReadLock(families, fetcher, mirrors, progress).read(request);
  }

  private Materials fetch(Lock lock, Crew<Path> pins) {
    pins.finish();
    fetcher.fetchAll(downloads(lock.pins()));
    Materials materials =
        new Materials(
            ready(family, lock.os()),
            ready(families.ofTools(), kitOf(lock)),
            ready(families.ofTools(), lock.boot()));
    new TimeZoneFile(request.profile(), request.zone(), conventions)
        .requireIn(materials.os(), family.packages());
    return materials;
  }

  private List<ReadyPackage> ready(Family of, LockedSet set) {
    return new ReadyPackages(cache, fetcher, of.packages()).readyAll(set.packages(), files::of);
  }

  private List<Download> downloads(List<LockedPin> pins) {
    return pins.stream().map(this::download).toList();
  }

  private Download download(LockedPin locked) {
    return new Download(
        locked.name() + " " + locked.version(),
        locked.digest(),
        OptionalLong.empty(),
        request.zone().addressesOf(pin(locked)));
  }

  private LockedSet kitOf(Lock lock) {
    String host = request.host().toString();
    return lock.kit(host)
        .orElseThrow(
            () ->
                KilnException.input(
                    "the lock has no kit for " + host + ", this machine's architecture",
                    "Make one on this machine: builder lock --profile " + request.profileName()));
  }

  private Tools kit(Lock lock, Materials materials, Path scratch) {
    return tools(kitOf(lock), materials.kit(), scratch);
  }

  private Tools tools(LockedSet set, List<ReadyPackage> packages, Path scratch) {
    PrepareKit preparing =
        new PrepareKit(cache, families.ofTools().packages(), set.architecture(), scratch);
    return new Tools(
        new KitTools(set, families.ofTools().packages()),
        () -> progress.step("prepare-kit", () -> preparing.prepare(packages)));
  }

  private OsLayer assemble(Lock lock, Tools kit, Materials materials) {
    OsRecipe recipe =
        new OsRecipe(family, materials.os(), lock.architecture(), SealRules.of(request.profile()));
    Digest key = recipe.key(kit);
    return new OsLayer(cache.entry("os-layer", key, target -> assemble(recipe, kit, key, target)));
  }

  private void assemble(OsRecipe recipe, Tools tools, Digest key, Path target) throws IOException {
    Files.createDirectory(target);
    Kit kit = tools.kit();
    progress.step("check-packages", () -> ReadyPackage.checkAll(recipe.packages()));
    BaseSystem base = base(recipe.base(), tools);
    try (Scratch scratch = cache.scratch(OsLayer.NAME);
        SystemTree system = new SystemTree(kit, scratch, room())) {
      OsTree tree = new OsTree(recipe, base, system);
      tree.install(progress);
      KernelCodecs codecs =
          progress.step(
              "take-kernel", () -> tree.takeKernel(target.resolve(OsLayer.KERNEL)).codecs());
      progress.detail(codecs.words());
      progress.step("seal", tree::seal).write(target);
      progress.step("pack", () -> tree.pack(key, codecs, target));
    }
  }

  private BaseSystem base(BaseRecipe recipe, Tools kit) {
    return new BaseSystem(
        cache.entry(
            BaseSystem.KIND,
            recipe.key(kit),
            target -> {
              try (Scratch scratch = cache.scratch(BaseSystem.KIND);
                  SystemTree system = new SystemTree(kit.kit(), scratch, room())) {
                BaseSystem.make(recipe, system, progress, target);
              }
            }));
  }

  private SystemTree.Room room() {
    return new SystemTree.Room(request.workspace(), progress::note);
  }

  private List<PackedLayer> add(Lock lock, Tools kit, OsLayer os) {
    List<LayerPart> parts = new ArrayList<>();
    for (LockedPin locked : lock.pins()) {
      parts.add(LayerParts.ofPin(pin(locked), locked, cache.file(locked.digest())));
    }
    for (Map.Entry<LockedBuild, CacheEntry> built : build(lock, kit).entrySet()) {
      parts.add(LayerParts.ofBuild(build(built.getKey()), built.getValue()));
    }
    List<NodeFile> files = NodeFiles.render(request.profile(), request.zone(), conventions);
    parts.addAll(LayerParts.ofFiles(files));
    List<CacheEntry> layers = new AddedLayers(cache, kit, os.compression()).make(parts);
    PureAdditions.check(
        os.paths(),
        layers.stream().map(LayerPaths::read).toList(),
        request.profile().replaces().keySet(),
        NodeFiles.replacing(files));
    return layers.stream().map(PackedLayer::read).toList();
  }

  private Map<LockedBuild, CacheEntry> build(Lock lock, Tools kit) {
    BuildPin builder =
        new BuildPin(
            cache,
            kit::kit,
            new BuildFormats(family.packages(), family.sources(), lock.architecture()),
            progress);
    Map<LockedBuild, CacheEntry> built = new LinkedHashMap<>();
    for (LockedBuild locked : lock.builds()) {
      built.put(locked, builder.build(build(locked), locked, this::bringInputs));
    }
    return built;
  }

  private BuildInputs bringInputs(LockedBuild build) {
    List<Download> sources =
        build.source().map(source -> source.files().stream().map(files::of).toList());
    fetcher.fetchAll(sources);
    return new BuildInputs(
        sources.stream().map(source -> cache.file(source.digest())).toList(),
        new ReadyPackages(cache, fetcher, family.packages())
            .readyAll(build.toolchain(), files::of));
  }

  /** Its tools are the image's own architecture's, whatever this machine's is. */
  private CacheEntry initrd(Lock lock, Tools kit, Materials materials, OsLayer os, Path scratch) {
    Tools boot = tools(lock.boot(), materials.boot(), scratch);
    Digest key =
        new ProductKey("initrd", Format.INITRD, Format.KERNEL)
            .add("os", os.layer().key())
            .add("tools", boot.digest(Tool.BUSYBOX, Tool.VERITYSETUP))
            .add("scripts", BuildInitrd.scripts())
            .digest();
    return cache.entry(
        "initrd",
        key,
        target ->
            new BuildInitrd(boot.kit().in(kit.kit().sandbox())).build(os.kernelFiles(), target));
  }

  private BakedImage baked(Lock lock, OsLayer os, List<PackedLayer> added, CacheEntry initrd) {
    return new BakedImage(
        lock.architecture(),
        os.described().release(),
        List.copyOf(request.profile().node().kernelArguments().keySet()),
        os.kernel(),
        initrd.file(),
        initrd.key(),
        Stream.concat(Stream.of(os.layer()), added.stream()).toList());
  }

  private Description describe(Lock lock, BakedImage image, Netboot netboot) {
    return DescribeImage.describe(
        netboot.manifest(),
        new Origin(
            lock, request.zone().name(), Format.numbers(), image.initrdKey(), image.layerKeys()),
        families);
  }

  private ImageDirectory write(Lock lock, Netboot netboot, Description description) {
    Path place =
        request.output().orElseGet(() -> OutputDirectory.usual(lock.profile(), description.id()));
    return new WriteImage(place, request.signingKey(), families).write(netboot, description);
  }

  private Pin pin(LockedPin locked) {
    return Objects.requireNonNull(request.profile().pins().get(locked.name()), locked.name());
  }

  private Build build(LockedBuild locked) {
    return Objects.requireNonNull(request.profile().builds().get(locked.name()), locked.name());
  }
}
