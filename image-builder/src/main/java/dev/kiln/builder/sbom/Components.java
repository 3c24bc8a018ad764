package dev.kiln.builder.sbom;

import dev.kiln.builder.sbom.Bom.Component;
import dev.kiln.builder.sbom.Bom.Hash;
import dev.kiln.builder.sbom.Bom.Pedigree;
import dev.kiln.builder.sbom.Bom.Property;
import dev.kiln.builder.sbom.Bom.Reference;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import dev.kiln.lock.Lock;
import dev.kiln.lock.LockedBuild;
import dev.kiln.lock.LockedBuild.LockedSourceFile;
import dev.kiln.lock.LockedPackage;
import dev.kiln.lock.LockedPin;
import dev.kiln.lock.LockedRepository;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What one lock names, as CycloneDX components. */
final class Components {
  /** Says where a part is; a package may be in the {@code os} layer and the kit. */
  private static final String PART = "kiln:part";

  private final Lock lock;
  private final Map<String, String> distributions;

  Components(Lock lock) {
    this.lock = lock;
    distributions =
        lock.repositories().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    LockedRepository::name,
                    repository -> codeName(repository.suite()),
                    (first, second) -> first));
  }

  /** Every part once, in the lock's order. */
  List<Component> all() {
    Map<String, Component> parts = new LinkedHashMap<>();
    Stream.of(
            lock.packages().stream().map(this::osPackage),
            lock.pins().stream().map(this::pin),
            lock.builds().stream().map(this::build),
            lock.kit().stream().map(this::kitPackage))
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

  /** The kit makes the image; its busybox and veritysetup, with their libraries, are the initrd. */
  private Component kitPackage(LockedPackage locked) {
    return binaryPackage(locked, "kit");
  }

  private Component binaryPackage(LockedPackage locked, String part) {
    String purl = PackageUrl.deb(locked, distribution(locked.repository()));
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
        .with(new Pedigree(List.of(sourcePackage(locked.source().get(0)))))
        .with(new Property("kiln:recipe", locked.recipe().toString()));
  }

  /** A source package is known by its .dsc, which holds the digests of its other files. */
  private Component sourcePackage(LockedSourceFile dsc) {
    String file = dsc.path().substring(dsc.path().lastIndexOf('/') + 1);
    String[] words = file.replaceFirst("\\.dsc$", "").split("_", 2);
    String version = words.length == 2 ? words[1] : "";
    String purl = PackageUrl.deb(words[0], version, "source", distribution(dsc.repository()));
    return Component.of("library", purl, words[0], version).with(dsc.digest());
  }

  private static Component application(String name, String version) {
    return Component.of("application", PackageUrl.generic(name, version), name, version);
  }

  private String distribution(String repository) {
    String known = distributions.get(repository);
    if (known == null) {
      throw KilnException.input(
          "the lock takes packages from the repository '"
              + repository
              + "', which it does not list",
          "Make the lock again with 'builder lock'");
    }
    return known;
  }

  /** The release that a suite belongs to: bookworm-security is bookworm. */
  private static String codeName(String suite) {
    return suite.split("[-/]", 2)[0];
  }
}
