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
import dev.kiln.builder.key.Format;
import dev.kiln.builder.key.Product;
import dev.kiln.builder.key.ProductKey;
import dev.kiln.builder.kit.KitTools;
import dev.kiln.builder.kit.PrepareKit;
import dev.kiln.builder.kit.Tool;
import dev.kiln.builder.layer.LayerPaths;
import dev.kiln.builder.layer.PackedLayer;
import dev.kiln.builder.lock.LockProfile;
import dev.kiln.builder.mirror.LockedFiles;
import dev.kiln.builder.mirror.ProfileMirrors;
import dev.kiln.builder.output.BakedImage;
import dev.kiln.builder.output.Output;
import dev.kiln.builder.output.OutputDirectory;
import dev.kiln.builder.output.WriteImage;
import dev.kiln.builder.packages.ReadyPackage;
import dev.kiln.builder.packages.ReadyPackages;
import dev.kiln.builder.progress.Progress;
import dev.kiln.builder.sbom.BuiltProgram;
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
import dev.kiln.lock.LockedSource.GoModules;
import dev.kiln.lock.LockedSource.ModuleFile;
import dev.kiln.lock.LockedSource.SourcePackage;
import dev.kiln.manifest.ImageDirectory;
import dev.kiln.node.system.Conventions;
import dev.kiln.node.system.NodeFile;
import dev.kiln.node.system.NodeFiles;
import dev.kiln.profile.Build;
import dev.kiln.profile.Pin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Bakes an image: the flow from a profile to a directory that a boot server can serve. {@link
 * #bake} is the list of its steps. What it pins is fetched from the beginning, beside the first of
 * them; an initrd and the other layers are made as soon as the kernel is known.
 */
public final class BakeImage {
  private final Cache cache;
  private final Fetcher fetcher;
  private final ProfileMirrors mirrors;
  private final LockedFiles files;
  private final LockedFiles kitFiles;
  private final Progress progress;
  private final Families families;
  private final Family family;
  private final Family tools;
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
      ProfileMirrors mirrors,
      Families families,
      Progress progress,
      BakeRequest request) {
    this.cache = cache;
    this.fetcher = fetcher;
    this.mirrors = mirrors;
    this.files = new LockedFiles(mirrors.image());
    this.kitFiles = new LockedFiles(mirrors.kit());
    this.families = families;
    this.family = families.of(request.profile());
    this.tools = families.ofTools(request.profile());
    this.conventions = family.conventions(request.profile().distribution());
    this.progress = progress;
    this.request = request;
  }

  /**
   * Does it. Each step makes what the cache does not have.
   *
   * @throws dev.kiln.builder.cache.BrokenEntry where the cache has something broken, which is found
   *     when it is read ({@link Cache#mending})
   */
  public ImageDirectory bake() {
    try (Scratch scratch = cache.scratch("bake");
        Crew<Path> pins = fetcher.begin(downloads(LockProfile.pins(request.profile())));
        Beside<TakenKernel> beside = new Beside<>()) {
      Lock lock = progress.step("lock", this::lock);
      Materials materials = progress.step("fetch", () -> fetch(lock, pins));
      Tools kit = kit(lock, materials, scratch.path());
      Tools boot = tools(lock.boot(), materials.boot(), scratch.path());
      Beside.Work<CacheEntry> initrd =
          beside.then(kernel -> progress.step("initrd", () -> initrd(boot, kernel)));
      Beside.Work<Added> added =
          beside.then(kernel -> progress.step("add", () -> add(lock, kit, kernel)));
      AssembleOs assembly = new AssembleOs(cache, kit, recipe(lock, materials), progress);
      OsLayer os =
          assembly.layer(
              layer -> {
                try (OsTree tree = progress.step("assemble", () -> assembly.tree(room(), layer))) {
                  beside.begin(layer.taken());
                  progress.step("seal", () -> tree.seal(layer, progress));
                }
                // It reads the kernel where that is now, which goes into the cache with the layer.
                initrd.settle();
              });
      beside.begin(os.taken());
      BakedImage image = baked(lock, os, added.result().layers(), initrd.result());
      Description description =
          progress.step("describe", () -> describe(lock, image, added.result().built()));
      return progress.step("write", () -> write(lock, image, description));
    }
  }

  private Lock lock() {
    return new ReadLock(families, fetcher, mirrors, progress).read(request);
  }

  private Materials fetch(Lock lock, Crew<Path> pins) {
    HostLabels.ofThisMachine().requireLeftOutBy(kitOf(lock));
    pins.finish();
    fetcher.fetchAll(downloads(lock.pins()));
    lock.builds().stream().filter(each -> !isBuilt(each)).forEach(this::bringInputs);
    Materials materials =
        new Materials(
            ready(family, lock.os(), files),
            ready(tools, kitOf(lock), kitFiles),
            ready(tools, lock.boot(), kitFiles));
    new TimeZoneFile(request.profile(), request.zone(), conventions)
        .requireIn(materials.os(), family.packages());
    return materials;
  }

  private List<ReadyPackage> ready(Family of, LockedSet set, LockedFiles from) {
    return new ReadyPackages(cache, fetcher, of.packages()).readyAll(set.packages(), from::of);
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
    PrepareKit preparing = new PrepareKit(cache, tools.packages(), set.architecture(), scratch);
    return new Tools(
        new KitTools(set, tools.packages(), tools::packageOf),
        () -> progress.step("prepare-kit", () -> preparing.prepare(packages)));
  }

  private OsRecipe recipe(Lock lock, Materials materials) {
    return new OsRecipe(
        family, materials.os(), lock.architecture(), SealRules.of(request.profile()));
  }

  private SystemTree.Room room() {
    return new SystemTree.Room(request.workspace(), progress::note);
  }

  /**
   * What stands beside the {@code os} layer.
   *
   * @param built the outputs of each build, which are in one of the layers
   */
  private record Added(List<CacheEntry> layers, Map<LockedBuild, CacheEntry> built) {}

  private Added add(Lock lock, Tools kit, TakenKernel kernel) {
    List<LayerPart> parts = new ArrayList<>();
    for (LockedPin locked : lock.pins()) {
      parts.add(PartsOfProfile.ofPin(pin(locked), locked, cache.file(locked.digest())));
    }
    Map<LockedBuild, CacheEntry> built = build(lock, kit);
    built.forEach((locked, outputs) -> parts.add(PartsOfProfile.ofBuild(build(locked), outputs)));
    parts.addAll(PartsOfProfile.ofFiles(files()));
    return new Added(new AddedLayers(cache, kit, kernel.compression()).make(parts), built);
  }

  private List<NodeFile> files() {
    return NodeFiles.render(request.profile(), request.zone(), conventions);
  }

  private boolean isBuilt(LockedBuild locked) {
    return BuildPin.isBuilt(cache, formats(), build(locked), locked);
  }

  private BuildFormats formats() {
    return new BuildFormats(
        family.packages(),
        family.sources(),
        request.profile().architecture().toString(),
        request.host().toString());
  }

  private Map<LockedBuild, CacheEntry> build(Lock lock, Tools kit) {
    BuildPin builder = new BuildPin(cache, kit::kit, formats(), progress);
    Map<LockedBuild, CacheEntry> built = new LinkedHashMap<>();
    for (LockedBuild locked : lock.builds()) {
      built.put(locked, builder.build(build(locked), locked, this::bringInputs));
    }
    return built;
  }

  private BuildInputs bringInputs(LockedBuild build) {
    return build
        .source()
        .map(source -> bringPackages(build, source), source -> bringModules(build, source));
  }

  private BuildInputs bringPackages(LockedBuild build, SourcePackage source) {
    List<Download> downloads = source.files().stream().map(files::of).toList();
    fetcher.fetchAll(downloads);
    return new BuildInputs.OfPackage(
        downloads.stream().map(download -> cache.file(download.digest())).toList(),
        new ReadyPackages(cache, fetcher, family.packages())
            .readyAll(build.toolchain(), files::of));
  }

  private BuildInputs bringModules(LockedBuild build, GoModules source) {
    ModuleFile toolchain =
        source
            .toolchain(request.host().toString())
            .orElseThrow(
                () ->
                    KilnException.input(
                        "the lock has no Go toolchain of the build '"
                            + build.name()
                            + "' for "
                            + request.host()
                            + ", this machine's architecture",
                        "Make one on this machine: builder lock --profile "
                            + request.profileName()));
    fetcher.fetchAll(
        Stream.concat(source.modules().stream(), Stream.of(toolchain))
            .map(this::download)
            .toList());
    return new BuildInputs.OfModules(
        source.modules().stream().map(file -> cache.file(file.digest())).toList(),
        cache.file(toolchain.digest()));
  }

  private Download download(ModuleFile file) {
    return new Download(
        "the module " + file.module() + " " + file.version(),
        file.digest(),
        OptionalLong.of(file.size()),
        mirrors.modules().addressesOf(file));
  }

  /** Its tools are the image's own architecture's, whatever this machine's is. */
  private CacheEntry initrd(Tools boot, TakenKernel kernel) {
    Digest key =
        new ProductKey(Product.INITRD)
            .add("os", kernel.layer())
            .add("tools", boot.digest(Tool.BUSYBOX, Tool.VERITYSETUP))
            .add("scripts", BuildInitrd.scripts())
            .digest();
    return cache.entry(
        "initrd",
        key,
        target -> new BuildInitrd(boot.kit().root()).build(kernel.files().get(), target));
  }

  private BakedImage baked(Lock lock, OsLayer os, List<CacheEntry> added, CacheEntry initrd) {
    PureAdditions.check(
        os.paths(),
        added.stream().map(LayerPaths::read).toList(),
        request.profile().replaces().keySet(),
        NodeFiles.replacing(files()));
    return new BakedImage(
        lock.architecture(),
        os.described().release(),
        List.copyOf(request.profile().node().kernelArguments().keySet()),
        os.kernel(),
        initrd.file(),
        initrd.key(),
        Stream.concat(Stream.of(os.entry()), added.stream()).map(PackedLayer::read).toList());
  }

  private Description describe(Lock lock, BakedImage image, Map<LockedBuild, CacheEntry> built) {
    return DescribeImage.describe(
        image.manifest(),
        new Origin(
            lock,
            request.zone().name(),
            Format.numbers(),
            image.initrdKey(),
            image.layerKeys(),
            programs(built)),
        families);
  }

  private Map<String, List<BuiltProgram>> programs(Map<LockedBuild, CacheEntry> built) {
    Map<String, List<BuiltProgram>> programs = new LinkedHashMap<>();
    built.forEach(
        (locked, outputs) -> programs.put(locked.name(), BuiltProgram.all(build(locked), outputs)));
    return programs;
  }

  private ImageDirectory write(Lock lock, BakedImage image, Description description) {
    Path place =
        request.output().orElseGet(() -> OutputDirectory.usual(lock.profile(), description.id()));
    List<Output> outputs = request.outputs().stream().map(kind -> kind.of(image)).toList();
    return new WriteImage(place, request.signingKey(), families).write(outputs, description);
  }

  private Pin pin(LockedPin locked) {
    return Objects.requireNonNull(request.profile().pins().get(locked.name()), locked.name());
  }

  private Build build(LockedBuild locked) {
    return Objects.requireNonNull(request.profile().builds().get(locked.name()), locked.name());
  }
}
