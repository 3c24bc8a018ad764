package dev.kiln.builder.sbom;

import dev.kiln.builder.distro.Families;
import dev.kiln.builder.distro.Family;
import dev.kiln.builder.distro.PackageUrl;
import dev.kiln.builder.sbom.Bom.Component;
import dev.kiln.builder.sbom.Bom.Dependency;
import dev.kiln.builder.sbom.Bom.Hash;
import dev.kiln.builder.sbom.Bom.Pedigree;
import dev.kiln.builder.sbom.Bom.Property;
import dev.kiln.builder.sbom.Bom.Reference;
import dev.kiln.file.Digest;
import dev.kiln.lock.Lock;
import dev.kiln.lock.LockedBuild;
import dev.kiln.lock.LockedPackage;
import dev.kiln.lock.LockedPin;
import dev.kiln.lock.LockedSet;
import dev.kiln.lock.LockedSource.GoModules;
import dev.kiln.lock.LockedSource.ModuleFile;
import dev.kiln.lock.LockedSource.SourcePackage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/** What one lock names, as CycloneDX components. */
final class Components {
  /** Says where a part is; a package may be in the {@code os} layer and the kit. */
  private static final String PART = "kiln:part";

  private final Lock lock;
  private final Families families;
  private final Map<String, CompiledParts> compiled = new LinkedHashMap<>();

  Components(Lock lock, Families families, Map<String, List<BuiltProgram>> programs) {
    this.lock = lock;
    this.families = families;
    for (LockedBuild locked : lock.builds()) {
      compiled.put(
          locked.name(),
          new CompiledParts(
              application(locked.name(), locked.version()).ref(),
              locked,
              programs.getOrDefault(locked.name(), List.of())));
    }
  }

  /** Every part once, in the lock's order. */
  List<Component> all() {
    Map<String, Component> parts = new LinkedHashMap<>();
    Stream.of(
            parts(lock.os(), "os"),
            lock.pins().stream().map(this::pin),
            lock.builds().stream().map(this::build),
            // Its tools, with their libraries, are the initrd.
            parts(lock.boot(), "boot"),
            // The kit makes the image, and is no part of it: its flaws are not the machine's.
            lock.kits().stream().flatMap(kit -> parts(kit, "kit")).map(Component::excluded))
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
        "",
        List.of(Hash.of(id)),
        List.of(),
        "",
        List.of(),
        null,
        List.of(),
        List.of());
  }

  static Component tool(String name, String version) {
    return Component.of("application", "", name, version);
  }

  private Stream<Component> parts(LockedSet set, String part) {
    Family family = families.named(set.distribution().family());
    return set.packages().stream()
        .map(each -> binaryPackage(family.url(set.distribution(), each), each, part));
  }

  private static Component binaryPackage(PackageUrl url, LockedPackage locked, String part) {
    return Component.of("library", url.toString(), locked.name(), locked.version())
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
        .with(new Pedigree(locked.source().map(this::sourcePackage, Components::upstream)))
        .madeOf(Objects.requireNonNull(compiled.get(locked.name())).components())
        .with(new Property("kiln:recipe", locked.recipe().toString()));
  }

  /** Which program a build gave, and which module is in which. */
  Stream<Dependency> dependencies() {
    return compiled.values().stream().flatMap(CompiledParts::dependencies);
  }

  private static List<Component> upstream(GoModules locked) {
    return locked.modules().stream()
        .filter(file -> file.kind() == ModuleFile.Kind.ZIP)
        .filter(file -> file.module().equals(locked.module()))
        .map(file -> CompiledParts.module(file.module(), file.version()).with(file.digest()))
        .toList();
  }

  /** It is known by its first file, its description, which holds the digests of the others. */
  private List<Component> sourcePackage(SourcePackage locked) {
    String purl =
        families.named(lock.distribution().family()).url(lock.distribution(), locked).toString();
    return List.of(
        Component.of("library", purl, locked.name(), locked.version())
            .with(locked.files().get(0).digest()));
  }

  private static Component application(String name, String version) {
    return Component.of("application", PackageUrl.generic(name, version).toString(), name, version);
  }
}
