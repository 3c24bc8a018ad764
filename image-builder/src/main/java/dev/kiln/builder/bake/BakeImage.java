package dev.kiln.builder.bake;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.cache.Scratch;
import dev.kiln.builder.deb.ReadyPackage;
import dev.kiln.builder.deb.ReadyPackages;
import dev.kiln.builder.debian.archive.ReleaseDate;
import dev.kiln.builder.describe.DescribeImage;
import dev.kiln.builder.describe.Description;
import dev.kiln.builder.describe.Origin;
import dev.kiln.builder.fetch.Download;
import dev.kiln.builder.fetch.Fetcher;
import dev.kiln.builder.initrd.BuildInitrd;
import dev.kiln.builder.kit.Kit;
import dev.kiln.builder.kit.PrepareKit;
import dev.kiln.builder.layer.LayerKey;
import dev.kiln.builder.layer.PackedLayer;
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
import dev.kiln.lock.LockedBuild.LockedSourceFile;
import dev.kiln.lock.LockedPackage;
import dev.kiln.lock.LockedPin;
import dev.kiln.lock.LockedRepository;
import dev.kiln.manifest.ImageDirectory;
import dev.kiln.node.system.NodeFiles;
import dev.kiln.profile.Build;
import dev.kiln.profile.LayerName;
import dev.kiln.profile.Pin;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
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
  private final Mirrors addresses;
  private final Progress progress;
  private final BakeRequest request;
  private final Lock lock;

  /**
   * Prepares one bake.
   *
   * @param addresses where this machine gets packages from
   */
  public BakeImage(
      Cache cache, Fetcher fetcher, Mirrors addresses, Progress progress, BakeRequest request) {
    this.cache = cache;
    this.fetcher = fetcher;
    this.addresses = addresses;
    this.progress = progress;
    this.request = request;
    this.lock = request.lock();
  }

  /** Does it. */
  public ImageDirectory bake() {
    try (Scratch scratch = cache.scratch("bake")) {
      Materials materials = progress.step("fetch", this::fetch);
      Kit kit = progress.step("prepare-kit", () -> prepareKit(materials, scratch.path()));
      Map<String, Path> built = progress.step("build-pins", () -> buildPins(kit));
      OsLayer.Made os = progress.step("os-layer", () -> makeOsLayer(kit, materials));
      List<PackedLayer> added =
          progress.step("added-layers", () -> addLayers(kit, materials, built));
      BakedImage baked = progress.step("initrd", () -> makeInitrd(kit, os, added));
      Netboot netboot = progress.step("netboot", () -> Netboot.of(baked));
      Description description = progress.step("describe", () -> describe(baked, netboot));
      return progress.step("write-image", () -> writeImage(netboot, description));
    }
  }

  private Materials fetch() {
    ReadyPackages ready = new ReadyPackages(cache, fetcher);
    Map<Digest, Path> pins = fetcher.fetchAll(lock.pins().stream().map(this::download).toList());
    return new Materials(ready(ready, lock.packages()), ready(ready, lock.kit()), pins);
  }

  private List<ReadyPackage> ready(ReadyPackages ready, List<LockedPackage> packages) {
    return ReadyPackage.pair(packages, ready.readyAll(packages, this::addressesOf));
  }

  private List<URI> addressesOf(LockedPackage locked) {
    return addresses.of(locked.repository(), locked.path());
  }

  private Download download(LockedPin locked) {
    return new Download(
        locked.name() + " " + locked.version(),
        locked.digest(),
        OptionalLong.empty(),
        request.zone().addressesOf(pin(locked)));
  }

  private Kit prepareKit(Materials materials, Path scratch) {
    return new PrepareKit(cache, lock.architecture(), scratch).prepare(materials.kit());
  }

  private Map<String, Path> buildPins(Kit kit) {
    BuildPin builder = new BuildPin(cache, kit, progress);
    Map<String, Path> built = new TreeMap<>();
    for (LockedBuild locked : lock.builds()) {
      built.put(locked.name(), builder.build(build(locked), locked, this::bringInputs));
    }
    return built;
  }

  private BuildInputs bringInputs(LockedBuild build) {
    List<Download> sources = build.source().stream().map(this::download).toList();
    Map<Digest, Path> files = fetcher.fetchAll(sources);
    ReadyPackages ready = new ReadyPackages(cache, fetcher);
    return new BuildInputs(
        sources.stream().map(source -> Objects.requireNonNull(files.get(source.digest()))).toList(),
        ready.readyAll(build.toolchain(), this::addressesOf));
  }

  private Download download(LockedSourceFile file) {
    return new Download(
        file.path(),
        file.digest(),
        OptionalLong.of(file.size()),
        addresses.of(file.repository(), file.path()));
  }

  private OsLayer.Made makeOsLayer(Kit kit, Materials materials) {
    return new OsLayer(cache, kit, epoch())
        .make(materials.packages(), lock.architecture(), progress);
  }

  private List<PackedLayer> addLayers(Kit kit, Materials materials, Map<String, Path> built) {
    List<Addition> parts = new ArrayList<>();
    for (LockedPin locked : lock.pins()) {
      parts.add(
          Additions.ofPin(
              pin(locked), locked, Objects.requireNonNull(materials.pins().get(locked.digest()))));
    }
    for (LockedBuild locked : lock.builds()) {
      parts.add(Additions.ofBuild(build(locked), Objects.requireNonNull(built.get(locked.name()))));
    }
    parts.addAll(Additions.ofFiles(NodeFiles.render(request.profile(), request.zone())));
    AddedLayer layers = new AddedLayer(cache, kit, epoch());
    List<PackedLayer> made = new ArrayList<>();
    for (LayerName name : LayerName.values()) {
      List<Addition> ofLayer = parts.stream().filter(part -> part.layer() == name).toList();
      if (!ofLayer.isEmpty()) {
        made.add(layers.make(name, ofLayer));
      }
    }
    return made;
  }

  private BakedImage makeInitrd(Kit kit, OsLayer.Made os, List<PackedLayer> added) {
    Digest key =
        new LayerKey("initrd 1")
            .add("os", os.layer().key())
            .add("kit", kit.key())
            .add("scripts", BuildInitrd.scripts())
            .digest();
    Path initrd =
        cache.entry("initrd", key, target -> new BuildInitrd(kit).build(os.kernel(), target));
    return new BakedImage(
        lock.architecture(),
        os.kernel().release(),
        List.copyOf(request.profile().node().kernelArguments().keySet()),
        os.kernel().kernel(),
        initrd,
        key,
        Stream.concat(Stream.of(os.layer()), added.stream()).toList());
  }

  private Description describe(BakedImage baked, Netboot netboot) {
    return DescribeImage.describe(
        netboot.manifest(),
        new Origin(lock, request.zone().name(), Map.of(), baked.initrdKey(), baked.layerKeys()));
  }

  private ImageDirectory writeImage(Netboot netboot, Description description) {
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

  /** No file of an image is younger than the youngest index it was chosen from. */
  private Instant epoch() {
    return lock.repositories().stream()
        .map(BakeImage::made)
        .max(Instant::compareTo)
        .orElseThrow(
            () ->
                KilnException.input("the lock names no repository", "Make it again: builder lock"));
  }

  private static Instant made(LockedRepository repository) {
    try {
      return ReleaseDate.parse(repository.date());
    } catch (IllegalArgumentException e) {
      throw new KilnException(
          KilnException.Kind.INPUT,
          "the lock's date of " + repository.suite() + ": " + e.getMessage(),
          "Make it again: builder lock",
          e);
    }
  }
}
