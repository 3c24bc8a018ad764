package dev.kiln.builder.bake;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.cache.Scratch;
import dev.kiln.builder.deb.ReadyPackage;
import dev.kiln.builder.deb.ReadyPackages;
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
import dev.kiln.builder.mirror.Mirrors;
import dev.kiln.builder.progress.Progress;
import dev.kiln.builder.source.BuildInputs;
import dev.kiln.builder.source.BuildPin;
import dev.kiln.file.Digest;
import dev.kiln.lock.Lock;
import dev.kiln.lock.LockedBuild;
import dev.kiln.lock.LockedBuild.LockedSourceFile;
import dev.kiln.lock.LockedPackage;
import dev.kiln.lock.LockedPin;
import dev.kiln.manifest.ImageDirectory;
import dev.kiln.node.system.NodeFiles;
import dev.kiln.profile.Build;
import dev.kiln.profile.LayerName;
import dev.kiln.profile.Pin;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;

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
      Path initrd = progress.step("initrd", () -> makeInitrd(kit, materials, os));
      return progress.step("write-image", () -> writeImage(os, added, initrd));
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
    return new OsLayer(cache, kit, tools(materials), SquashfsCompression.ZSTD)
        .make(materials.packages(), lock.architecture(), progress);
  }

  private List<PackedLayer> addLayers(Kit kit, Materials materials, Map<String, Path> built) {
    List<LayerPart> parts = new ArrayList<>();
    for (LockedPin locked : lock.pins()) {
      parts.add(
          LayerParts.ofPin(
              pin(locked), locked, Objects.requireNonNull(materials.pins().get(locked.digest()))));
    }
    for (LockedBuild locked : lock.builds()) {
      parts.add(
          LayerParts.ofBuild(build(locked), Objects.requireNonNull(built.get(locked.name()))));
    }
    parts.addAll(LayerParts.ofFiles(NodeFiles.render(request.profile(), request.zone())));
    LayerOfParts layers = new LayerOfParts(cache, kit, tools(materials), SquashfsCompression.ZSTD);
    List<PackedLayer> made = new ArrayList<>();
    for (LayerName name : LayerName.values()) {
      List<LayerPart> ofLayer = parts.stream().filter(part -> part.layer() == name).toList();
      if (!ofLayer.isEmpty()) {
        made.add(layers.make(name, ofLayer));
      }
    }
    return made;
  }

  private KitTools tools(Materials materials) {
    return KitTools.of(materials.kit(), lock.architecture());
  }

  private Path makeInitrd(Kit kit, Materials materials, OsLayer.Made os) {
    Digest key =
        new ProductKey("initrd", Format.INITRD)
            .add("os", os.layer().layer().key())
            .add("tools", tools(materials).digest(Tool.BUSYBOX, Tool.VERITYSETUP))
            .add("scripts", BuildInitrd.scripts())
            .digest();
    return cache.entry("initrd", key, target -> new BuildInitrd(kit).build(os.kernel(), target));
  }

  private ImageDirectory writeImage(OsLayer.Made os, List<PackedLayer> added, Path initrd) {
    List<PackedLayer> layers = new ArrayList<>(List.of(os.layer()));
    layers.addAll(added);
    return new WriteImage(request).write(os.kernel(), initrd, layers);
  }

  private Pin pin(LockedPin locked) {
    return Objects.requireNonNull(request.profile().pins().get(locked.name()), locked.name());
  }

  private Build build(LockedBuild locked) {
    return Objects.requireNonNull(request.profile().builds().get(locked.name()), locked.name());
  }
}
