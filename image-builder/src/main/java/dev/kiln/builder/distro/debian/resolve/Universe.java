package dev.kiln.builder.distro.debian.resolve;

import dev.kiln.builder.deb.ControlParagraph;
import dev.kiln.builder.distro.debian.index.BinaryPackage;
import dev.kiln.builder.distro.debian.index.DebianVersion;
import dev.kiln.builder.distro.debian.index.IndexEntry;
import dev.kiln.builder.distro.debian.index.Provision;
import dev.kiln.builder.distro.debian.index.Relation;
import dev.kiln.builder.distro.debian.index.RelationParser;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.Shown;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All packages of all suites, of each name only the candidate: as in apt, the one of the highest
 * preference and then the highest version. Packages are read when they are asked for.
 */
public final class Universe {
  /** What is advised for a flawed entry. */
  static final String FLAW_MEND = "Tell who made the repository, or take the package from another";

  private final RelationParser parser;
  private final List<IndexEntry> entries;
  private final Map<String, IndexEntry> candidates;
  private final Set<String> base;
  private final Map<String, Set<String>> providers;
  private final Map<IndexEntry, Optional<BinaryPackage>> read;
  private final Map<IndexEntry, String> flaws;
  private final Map<String, IndexEntry> instead = new LinkedHashMap<>();
  private final Map<String, Set<String>> providersInstead = new HashMap<>();
  private final Map<Relation, List<BinaryPackage>> answers = new HashMap<>();
  private final MentionOrder mentions;

  /**
   * Takes the entries of every index, in the profile's order.
   *
   * @param architecture Debian's name of it
   */
  public Universe(List<IndexEntry> entries, String architecture) {
    this.parser = new RelationParser(architecture);
    this.entries = entries.stream().filter(entry -> isFor(architecture, entry)).toList();
    this.mentions = new MentionOrder(this.entries, architecture);
    this.candidates = new LinkedHashMap<>();
    this.base = new HashSet<>();
    this.providers = new HashMap<>();
    this.read = new HashMap<>();
    this.flaws = new LinkedHashMap<>();
    this.entries.forEach(this::refuseUnnamed);
    this.entries.forEach(
        entry -> candidates.merge(entry.name(), entry, (a, b) -> isBetter(b, a) ? b : a));
    candidates.values().forEach(entry -> rememberProvider(entry, providers));
    candidates.values().stream().filter(Universe::isBase).forEach(entry -> base.add(entry.name()));
  }

  private Universe(Universe other, Collection<IndexEntry> instead) {
    this.parser = other.parser;
    this.entries = other.entries;
    this.mentions = other.mentions;
    this.candidates = other.candidates;
    this.base = other.base;
    this.providers = other.providers;
    this.read = other.read;
    this.flaws = other.flaws;
    instead.forEach(entry -> this.instead.put(entry.name(), entry));
    instead.forEach(entry -> rememberProvider(entry, providersInstead));
  }

  /** The same, with these candidates instead of those of their names. */
  Universe preferring(Collection<IndexEntry> preferred) {
    return new Universe(this, preferred);
  }

  /**
   * Which package apt would install for this name; none where its entry is flawed.
   *
   * @throws KilnException where a lock, which is no index, has a flawed one
   */
  public Optional<BinaryPackage> candidate(String name) {
    IndexEntry locked = instead.get(name);
    return locked == null
        ? entry(name).flatMap(this::read)
        : Optional.of(read(locked).orElseThrow(() -> flawed(locked)));
  }

  /**
   * What was found wrong up to now with entries of the indexes: they are taken for nothing, but
   * stay apt's candidates of their names. A sentence each.
   */
  public List<String> flaws() {
    return flaws.entrySet().stream().map(each -> words(each.getKey(), each.getValue())).toList();
  }

  /** What is wrong with the candidate of a name. */
  Optional<String> flaw(String name) {
    return entry(name)
        .flatMap(each -> Optional.ofNullable(flaws.get(each)).map(why -> words(each, why)));
  }

  /** The same, unread. */
  Optional<IndexEntry> entry(String name) {
    return Optional.ofNullable(instead.getOrDefault(name, candidates.get(name)));
  }

  /** Everything that the indexes have of these names. */
  Map<String, List<IndexEntry>> entriesOf(Set<String> names) {
    return entries.stream()
        .filter(entry -> names.contains(entry.name()))
        .collect(Collectors.groupingBy(IndexEntry::name));
  }

  /** Every candidate that answers a relation: the package of that name first. */
  public List<BinaryPackage> answersTo(Relation relation) {
    return answers.computeIfAbsent(relation, this::findAnswers);
  }

  /** The names of the packages that provide a virtual one, in whatever version. */
  List<String> providersOf(String virtual) {
    return providers.getOrDefault(virtual, Set.of()).stream().sorted().toList();
  }

  /** The essential packages and those of priority required, sorted by name. */
  public List<BinaryPackage> base() {
    return baseNames().flatMap(name -> candidate(name).stream()).toList();
  }

  /** Their names, also those of flawed ones. */
  Stream<String> baseNames() {
    return Stream.concat(
            base.stream().filter(name -> !instead.containsKey(name)),
            instead.values().stream().filter(Universe::isBase).map(IndexEntry::name))
        .sorted();
  }

  MentionOrder mentions() {
    return mentions;
  }

  private List<BinaryPackage> findAnswers(Relation relation) {
    Set<String> names = new LinkedHashSet<>(List.of(relation.name()));
    names.addAll(providers.getOrDefault(relation.name(), Set.of()));
    // What is there instead may provide other names: what a package provides decides in the end.
    names.addAll(providersInstead.getOrDefault(relation.name(), Set.of()));
    List<BinaryPackage> found = new ArrayList<>();
    for (String name : names) {
      candidate(name).filter(relation::accepts).ifPresent(found::add);
    }
    return found;
  }

  /** A flat repository may list packages for every architecture in one index. */
  private static boolean isFor(String architecture, IndexEntry entry) {
    return entry
        .field("Architecture")
        .filter(own -> !own.equals(architecture) && !own.equals("all"))
        .isEmpty();
  }

  private static boolean isBetter(IndexEntry one, IndexEntry other) {
    int byPreference = Integer.compare(one.origin().preference(), other.origin().preference());
    return byPreference != 0
        ? byPreference > 0
        : DebianVersion.compareTexts(one.version(), other.version()) > 0;
  }

  private static boolean isBase(IndexEntry entry) {
    return entry.field("Essential").filter(ControlParagraph::isYesWord).isPresent()
        || entry.field("Priority").filter("required"::equalsIgnoreCase).isPresent();
  }

  private void refuseUnnamed(IndexEntry entry) {
    if (entry.name().isEmpty()) {
      refuse(entry, "'Package' is missing");
    } else if (!DebianVersion.isOne(entry.version())) {
      refuse(entry, "'" + Shown.of(entry.version()) + "' is no version");
    }
  }

  private void rememberProvider(IndexEntry entry, Map<String, Set<String>> all) {
    try {
      for (Provision offered : parser.parseProvides(entry.provides())) {
        all.computeIfAbsent(offered.name(), name -> new LinkedHashSet<>()).add(entry.name());
      }
    } catch (IllegalArgumentException e) {
      refuse(entry, String.valueOf(e.getMessage()));
    }
  }

  private Optional<BinaryPackage> read(IndexEntry entry) {
    Optional<BinaryPackage> known = read.get(entry);
    if (known != null) {
      return known;
    }
    Optional<BinaryPackage> fresh = readWhole(entry);
    read.put(entry, fresh);
    return fresh;
  }

  private Optional<BinaryPackage> readWhole(IndexEntry entry) {
    try {
      return Optional.of(entry.read(parser));
    } catch (IllegalArgumentException e) {
      refuse(entry, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** What was found first is said. */
  private void refuse(IndexEntry entry, String why) {
    flaws.putIfAbsent(entry, why);
  }

  private KilnException flawed(IndexEntry entry) {
    return KilnException.input(words(entry, flaws.getOrDefault(entry, "")), FLAW_MEND);
  }

  private static String words(IndexEntry entry, String why) {
    return ("the package " + Shown.of(entry.name()) + " " + Shown.of(entry.version())).strip()
        + " is described wrongly in the suite "
        + entry.origin().suite()
        + " of the repository "
        + entry.origin().repository()
        + ": "
        + why;
  }
}
