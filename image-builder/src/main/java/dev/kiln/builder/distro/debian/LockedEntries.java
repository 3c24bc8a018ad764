package dev.kiln.builder.distro.debian;

import dev.kiln.builder.debian.Alternatives;
import dev.kiln.builder.debian.BinaryPackage;
import dev.kiln.builder.debian.IndexEntry;
import dev.kiln.builder.debian.PackageOrigin;
import dev.kiln.lock.LockedPackage;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A lock's packages as an index would describe them, and the other way round. */
final class LockedEntries {
  private LockedEntries() {}

  static List<IndexEntry> of(Collection<LockedPackage> packages) {
    return packages.stream().map(LockedEntries::entry).toList();
  }

  private static IndexEntry entry(LockedPackage each) {
    StringBuilder text = new StringBuilder("\n");
    add(text, "Package", each.name());
    add(text, "Version", each.version());
    add(text, "Architecture", each.architecture());
    each.relations().forEach((field, value) -> add(text, field, value));
    add(text, "Filename", each.path());
    add(text, "Size", Long.toString(each.size()));
    add(text, "SHA256", each.digest().hex());
    return new IndexEntry(
        each.name(),
        each.version(),
        each.relations().getOrDefault("Provides", ""),
        text.toString(),
        new PackageOrigin(each.repository(), each.index().suite(), PackageOrigin.ORDINARY));
  }

  private static void add(StringBuilder text, String field, String value) {
    text.append(field).append(": ").append(value.replace('\n', ' ')).append('\n');
  }

  /** What a lock keeps of a package's paragraph. */
  static Map<String, String> relations(BinaryPackage each) {
    Map<String, String> fields = new TreeMap<>();
    put(fields, "Pre-Depends", each.preDepends());
    put(fields, "Depends", each.depends());
    put(fields, "Recommends", each.recommends());
    put(fields, "Suggests", each.suggests());
    put(fields, "Conflicts", each.conflicts());
    put(fields, "Breaks", each.breaks());
    if (!each.provides().isEmpty()) {
      fields.put(
          "Provides",
          each.provides().stream()
              .map(
                  offered ->
                      offered.name()
                          + offered.version().map(version -> " (= " + version + ")").orElse(""))
              .collect(Collectors.joining(", ")));
    }
    if (each.essential()) {
      fields.put("Essential", "yes");
    }
    if (each.important()) {
      fields.put("Important", "yes");
    }
    fields.put("Priority", each.priority().name().toLowerCase(Locale.ROOT));
    fields.put("Multi-Arch", each.multiArch().name().toLowerCase(Locale.ROOT));
    return fields;
  }

  private static void put(Map<String, String> fields, String name, List<Alternatives> groups) {
    if (!groups.isEmpty()) {
      fields.put(
          name, groups.stream().map(Alternatives::toString).collect(Collectors.joining(", ")));
    }
  }
}
