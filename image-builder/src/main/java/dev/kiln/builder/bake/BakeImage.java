package dev.kiln.builder.bake;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.cache.CacheEntry;
import dev.kiln.builder.cache.CachedFile;
import dev.kiln.builder.cache.Scratch;
import dev.kiln.builder.deb.ReadyPackage;
import dev.kiln.builder.deb.ReadyPackages;
import dev.kiln.builder.describe.DescribeImage;
import dev.kiln.builder.describe.Description;
import dev.kiln.builder.describe.Origin;
import dev.kiln.builder.distro.Families;
import dev.kiln.builder.distro.debian.DebianConventions;
import dev.kiln.builder.fetch.Download;
import dev.kiln.builder.fetch.Fetcher;
import dev.kiln.builder.initrd.BuildInitrd;
import dev.kiln.builder.key.Format;
import dev.kiln.builder.key.ProductKey;
import dev.kiln.builder.kit.Kit;
import dev.kiln.builder.kit.KitTools;
import dev.kiln.builder.kit.PrepareKit;
import dev.kiln.builder.kit.Tool;
import dev.kiln.builder.layer.PackedLayer;
import dev.kiln.builder.layer.SquashfsCompression;
import dev.kiln.builder.mirror.LockedFiles;
import dev.kiln.builder.mirror.Mirrors;
import dev.kiln.builder.output.BakedImage;
import dev.kiln.builder.output.Netboot;
import dev.kiln.builder.output.OutputDirectory;
import dev.kiln.builder.output.WriteImage;
import dev.kiln.builder.progress.Progress;
import dev.kiln.builder.source.BuildInputs;
import dev.kiln.builder.source.BuildPin;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import dev.kiln.lock.Lock;
import dev.kiln.lock.LockedBuild;
import dev.kiln.lock.LockedPackage;
import dev.kiln.lock.LockedPin;
import dev.kiln.lock.LockedSet;
import dev.kiln.lock.LockedSource;
import dev.kiln.manifest.ImageDirectory;
import dev.kiln.node.system.NodeFiles;
import dev.kiln.profile.Build;
import dev.kiln.profile.LayerName;
import dev.kiln.profile.Pin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Bakes an image: the flow from a locked profile to a directory that a boot server can serve. */
public final class BakeImage {
  private final Cache cache;
  private final Fetcher fetcher;
  private final Mirrors mirrors;
  private final LockedFiles files;
  private final Progress progress;
  private final Families families;
  private final BakeRequest request;

  /**
   * Prepares one bake.
   *
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
    this.progress = progress;
    this.request = request;
  }

  /** Does it; what the cache has broken is made again. */
  public ImageDirectory bake() {
    return cache.mending(progress::note, this::bakeOnce);
  }

  private ImageDirectory bakeOnce() {
    try (Scratch scratch = cache.scratch("bake")) {
      Lock lock = progress.step("lock", this::lock);
      Materials materials = progress.step("fetch", () -> fetch(lock));
      Kit kit = progress.step("prepare-kit", () -> prepareKit(lock, materials, scratch.path()));
      Map<String, CacheEntry> built = progress.step("build-pins", () -> buildPins(lock, kit));
      OsLayer.Made os = progress.step("os-layer", () -> makeOsLayer(lock, kit, materials));
      List<PackedLayer> added =
          progress.step("added-layers", () -> addLayers(lock, kit, built, os.compression()));
      BakedImage baked =
          progress.step("initrd", () -> makeInitrd(lock, kit, scratch.path(), os, added));
      Netboot netboot = progress.step("netboot", () -> Netboot.of(baked));
      Description description = progress.step("describe", () -> describe(lock, baked, netboot));
      return progress.step("write-image", () -> writeImage(lock, netboot, description));
    }
  }

  private Lock lock() {
    return new ReadLock(families, fetcher, mirrors, progress).read(request);
  }

  private Materials fetch(Lock lock) {
    ReadyPackages ready = new ReadyPackages(cache, fetcher);
    fetcher.fetchAll(lock.pins().stream().map(this::download).toList());
    return new Materials(ready(ready, lock.packages()), ready(ready, kitOf(lock).packages()));
  }

  private List<ReadyPackage> ready(ReadyPackages ready, List<LockedPackage> packages) {
    return ReadyPackage.pair(packages, ready.readyAll(packages, files::of));
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
                    "Make one on this machine: builder lock"));
  }

  private Kit prepareKit(Lock lock, Materials materials, Path scratch) {
    return new PrepareKit(cache, kitOf(lock).architecture(), scratch).prepare(materials.kit());
  }

  /** The initrd's tools are the image's own architecture's, whatever this machine's is. */
  private Kit bootTools(Lock lock, Path scratch) {
    List<LockedPackage> packages = lock.boot().packages();
    return new PrepareKit(cache, lock.boot().architecture(), scratch)
        .prepare(ready(new ReadyPackages(cache, fetcher), packages));
  }

  private Map<String, CacheEntry> buildPins(Lock lock, Kit kit) {
    BuildPin builder = new BuildPin(cache, kit, progress);
    Map<String, CacheEntry> built = new TreeMap<>();
    for (LockedBuild locked : lock.builds()) {
      built.put(locked.name(), builder.build(build(locked), locked, this::bringInputs));
    }
    return built;
  }

  private BuildInputs bringInputs(LockedBuild build) {
    List<Download> sources =
        ((LockedSource.SourcePackage) build.source()).files().stream().map(files::of).toList();
    fetcher.fetchAll(sources);
    ReadyPackages ready = new ReadyPackages(cache, fetcher);
    return new BuildInputs(
        sources.stream().map(source -> cache.file(source.digest())).toList(),
        ready.readyAll(build.toolchain(), files::of));
  }

  private OsLayer.Made makeOsLayer(Lock lock, Kit kit, Materials materials) {
    return new OsLayer(cache, kit, KitTools.of(kitOf(lock)))
        .make(materials.packages(), lock.architecture(), progress);
  }

  private List<PackedLayer> addLayers(
      Lock lock, Kit kit, Map<String, CacheEntry> built, SquashfsCompression compression) {
    List<LayerPart> parts = new ArrayList<>();
    for (LockedPin locked : lock.pins()) {
      parts.add(LayerParts.ofPin(pin(locked), locked, cache.file(locked.digest())));
    }
    for (LockedBuild locked : lock.builds()) {
      parts.add(
          LayerParts.ofBuild(build(locked), Objects.requireNonNull(built.get(locked.name()))));
    }
    parts.addAll(
        LayerParts.ofFiles(
            NodeFiles.render(request.profile(), request.zone(), DebianConventions.DEBIAN_12)));
    LayerOfParts layers = new LayerOfParts(cache, kit, KitTools.of(kitOf(lock)), compression);
    List<PackedLayer> made = new ArrayList<>();
    for (LayerName name : LayerName.values()) {
      List<LayerPart> ofLayer = parts.stream().filter(part -> part.layer() == name).toList();
      if (!ofLayer.isEmpty()) {
        made.add(layers.make(name, ofLayer));
      }
    }
    return made;
  }

  private BakedImage makeInitrd(
      Lock lock, Kit kit, Path scratch, OsLayer.Made os, List<PackedLayer> added) {
    Digest key =
        new ProductKey("initrd", Format.INITRD, Format.KERNEL)
            .add("os", os.layer().key())
            .add("tools", KitTools.of(lock.boot()).digest(Tool.BUSYBOX, Tool.VERITYSETUP))
            .add("scripts", BuildInitrd.scripts())
            .digest();
    CachedFile initrd =
        cache
            .entry(
                "initrd",
                key,
                target ->
                    new BuildInitrd(bootTools(lock, scratch).in(kit.sandbox()))
                        .build(os.kernelFiles(), target))
            .file();
    return new BakedImage(
        lock.architecture(),
        os.described().release(),
        List.copyOf(request.profile().node().kernelArguments().keySet()),
        os.kernel(),
        initrd,
        key,
        Stream.concat(Stream.of(os.layer()), added.stream()).toList());
  }

  private Description describe(Lock lock, BakedImage baked, Netboot netboot) {
    return DescribeImage.describe(
        netboot.manifest(),
        new Origin(
            lock, request.zone().name(), Format.numbers(), baked.initrdKey(), baked.layerKeys()));
  }

  private ImageDirectory writeImage(Lock lock, Netboot netboot, Description description) {
    Path place =
        request.output().orElseGet(() -> OutputDirectory.usual(lock.profile(), description.id()));
    return new WriteImage(place, request.signingKey()).write(netboot, description);
  }

  private Pin pin(LockedPin locked) {
    return Objects.requireNonNull(request.profile().pins().get(locked.name()), locked.name());
  }

  private Build build(LockedBuild locked) {
    return Objects.requireNonNull(request.profile().builds().get(locked.name()), locked.name());
  }
}
