package dev.kiln.builder.distro.debian.index;

import dev.kiln.builder.deb.ControlParagraph;
import dev.kiln.builder.deb.ReadyDeb;
import dev.kiln.builder.packages.ReadyPackage;
import dev.kiln.failure.KilnException;
import dev.kiln.lock.LockedPackage;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a package's own control file says of others, by name: inside a set that the resolver closed,
 * versions are settled.
 */
public record PackageRelations(
    String name,
    boolean essential,
    List<String> provides,
    List<Alternatives> preDepends,
    List<Alternatives> depends) {
  public PackageRelations {
    provides = List.copyOf(provides);
    preDepends = List.copyOf(preDepends);
    depends = List.copyOf(depends);
  }

  /** Reads the control file of a package that was checked when it was made ready. */
  public static PackageRelations of(ReadyPackage ready, String architecture) {
    try {
      return read(ready, architecture);
    } catch (IllegalArgumentException e) {
      throw new KilnException(
          KilnException.Kind.INPUT,
          "the control file of the package " + ready.locked().name() + ": " + e.getMessage(),
          "Lock another version of it",
          e);
    }
  }

  /** What the lock keeps of them: enough without the package. */
  public static PackageRelations of(LockedPackage locked, String architecture) {
    return of(
        locked.name(), name -> Optional.ofNullable(locked.relations().get(name)), architecture);
  }

  private static PackageRelations read(ReadyPackage ready, String architecture) {
    ControlParagraph control = ReadyDeb.control(ready.file());
    return of(control.require("Package"), control::field, architecture);
  }

  private static PackageRelations of(
      String name, Function<String, Optional<String>> fields, String architecture) {
    RelationParser parser = new RelationParser(architecture);
    return new PackageRelations(
        name,
        fields.apply("Essential").filter(ControlParagraph::isYesWord).isPresent(),
        parser.parseProvides(fields.apply("Provides").orElse("")).stream()
            .map(Provision::name)
            .toList(),
        parser.parse(fields.apply("Pre-Depends").orElse("")),
        parser.parse(fields.apply("Depends").orElse("")));
  }

  /** The names that its Pre-Depends may be met by. */
  public Stream<String> preDependsOn() {
    return names(preDepends);
  }

  /** The names that its Depends and Pre-Depends may be met by. */
  public Stream<String> dependsOn() {
    return Stream.concat(names(preDepends), names(depends));
  }

  private static Stream<String> names(List<Alternatives> groups) {
    return groups.stream().flatMap(group -> group.relations().stream()).map(Relation::name);
  }
}
