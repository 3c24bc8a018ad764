package dev.kiln.builder.sbom;

import dev.kiln.builder.sbom.Bom.Component;
import dev.kiln.builder.sbom.Bom.Hash;
import dev.kiln.builder.sbom.Bom.Pedigree;
import dev.kiln.builder.sbom.Bom.Property;
import dev.kiln.builder.sbom.Bom.Reference;
import dev.kiln.file.Digest;
import dev.kiln.lock.Lock;
import dev.kiln.lock.LockedBuild;
import dev.kiln.lock.LockedPackage;
import dev.kiln.lock.LockedPin;
import dev.kiln.lock.LockedSource.SourceFile;
import dev.kiln.lock.LockedSource.SourcePackage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** What one lock names, as CycloneDX components. */
final class Components {
  /** Says where a part is; a package may be in the {@code os} layer and the kit. */
  private static final String PART = "kiln:part";

  private final Lock lock;

  Components(Lock lock) {
    this.lock = lock;
  }

  /** Every part once, in the lock's order. */
  List<Component> all() {
    Map<String, Component> parts = new LinkedHashMap<>();
    Stream.of(
            lock.packages().stream().map(this::osPackage),
            lock.pins().stream().map(this::pin),
            lock.builds().stream().map(this::build),
            lock.boot().packages().stream().map(this::bootPackage),
            lock.kits().stream().flatMap(kit -> kit.packages().stream()).map(this::kitPackage))
        .flatMap(Function.identity())
        .forEach(part -> parts.putIfAbsent(part.ref(), part));
    return List.copyOf(parts.values());
  }

  static Component image(Digest id, String profile) {
    return new Component(
        "operating-system",
        id.toString(),
        profile,
        id.toString(),
        List.of(Hash.of(id)),
        "",
        List.of(),
        null,
        List.of());
  }

  static Component tool(String name, String version) {
    return Component.of("application", "", name, version);
  }

  private Component osPackage(LockedPackage locked) {
    return binaryPackage(locked, "os");
  }

  /** Its tools, with their libraries, are the initrd. */
  private Component bootPackage(LockedPackage locked) {
    return binaryPackage(locked, "boot");
  }

  /** The kit makes the image, and is no part of it. */
  private Component kitPackage(LockedPackage locked) {
    return binaryPackage(locked, "kit");
  }

  private Component binaryPackage(LockedPackage locked, String part) {
    String purl = PackageUrl.deb(locked, codeName(locked.index().suite()));
    return Component.of("library", purl, locked.name(), locked.version())
        .with(locked.digest())
        .with(new Property(PART, part), new Property("kiln:reason", locked.reason()));
  }

  private Component pin(LockedPin locked) {
    List<Hash> hashes = List.of(Hash.of(locked.digest()));
    return application(locked.name(), locked.version())
        .with(locked.digest())
        .with(
            locked.addresses().stream()
                .map(address -> new Reference("distribution", address.toString(), hashes))
                .toList());
  }

  /** What comes out has no digest in the lock: only its sources, toolchain and commands have. */
  private Component build(LockedBuild locked) {
    return application(locked.name(), locked.version())
        .with(new Pedigree(ancestors(locked)))
        .with(new Property("kiln:recipe", locked.recipe().toString()));
  }

  private List<Component> ancestors(LockedBuild locked) {
    return locked.source() instanceof SourcePackage source
        ? List.of(sourcePackage(source.files().get(0)))
        : List.of();
  }

  /** A source package is known by its .dsc, which holds the digests of its other files. */
  private Component sourcePackage(SourceFile dsc) {
    String[] words = dsc.fileName().replaceFirst("\\.dsc$", "").split("_", 2);
    String version = words.length == 2 ? words[1] : "";
    String purl = PackageUrl.deb(words[0], version, "source", codeName(dsc.index().suite()));
    return Component.of("library", purl, words[0], version).with(dsc.digest());
  }

  private static Component application(String name, String version) {
    return Component.of("application", PackageUrl.generic(name, version), name, version);
  }

  /** The release that a suite belongs to: bookworm-security is bookworm. */
  private static String codeName(String suite) {
    return suite.split("[-/]", 2)[0];
  }
}
