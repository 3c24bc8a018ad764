package dev.kiln.builder.gomod;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingInt;

import dev.kiln.builder.fetch.Fetcher;
import dev.kiln.failure.KilnException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Confirms hashes by Go's checksum database (https://go.dev/ref/mod#checksum-database), which tells
 * everybody the same, and cannot take back what it told. What it confirmed is remembered; what it
 * cannot be asked of is said, and trusted as it is written.
 */
final class ChecksumDatabase {
  static final String MEND_LIE =
      "Name another proxy (GOPROXY); with GOSUMDB=off no database is asked, and the files beside"
          + " the profile are trusted alone";

  private static final String KIND = "module-checksums";

  private final Fetcher fetcher;
  private final ChecksumSettings settings;
  private final Optional<CompareChecksums> database;
  private Optional<String> silence = Optional.empty();

  ChecksumDatabase(Fetcher fetcher, ModuleProxies proxies) {
    this.fetcher = fetcher;
    this.settings = proxies.sums();
    this.database =
        settings
            .key()
            .map(
                key -> new CompareChecksums(key, new ChecksumServer(fetcher, proxies, key.name())));
  }

  /**
   * Compares what it has not confirmed before, as far as it answers.
   *
   * @param build the profile's name of what the hashes are for
   * @throws KilnException of kind INPUT where it has another hash, or what answers lies
   */
  void confirm(String build, Map<GoSum.Entry, String> hashes) {
    List<ModuleSums> open =
        ModuleSums.of(hashes).stream().filter(sums -> !isConfirmed(sums)).toList();
    Map<ModuleSums, String> unconfirmed = new LinkedHashMap<>();
    for (ModuleSums sums : open) {
      settings.whyUnasked(sums.any().module()).ifPresent(why -> unconfirmed.put(sums, why));
    }
    List<ModuleSums> asked = open.stream().filter(sums -> !unconfirmed.containsKey(sums)).toList();
    database.ifPresent(there -> unconfirmed.putAll(ask(there, asked)));
    unconfirmed.entrySet().stream()
        .collect(
            groupingBy(
                Map.Entry::getValue,
                TreeMap::new,
                summingInt(each -> each.getKey().hashes().size())))
        .forEach((why, count) -> fetcher.note(note(build, count, why)));
  }

  private static String note(String build, int count, String why) {
    return "the build '"
        + build
        + "' is trusted for "
        + count
        + " of its hashes, which nobody confirmed: "
        + why;
  }

  /** Those that it does not confirm, and why not. */
  private Map<ModuleSums, String> ask(CompareChecksums there, List<ModuleSums> asked) {
    Map<ModuleSums, String> left = new LinkedHashMap<>();
    // Whoever did not answer for one build is not waited for again.
    silence.ifPresent(why -> asked.forEach(sums -> left.put(sums, why)));
    if (silence.isPresent()) {
      return left;
    }
    try {
      asked.forEach(sums -> left.put(sums, there + " does not have them"));
      for (ModuleSums sums : there.confirmed(asked)) {
        remember(sums);
        left.remove(sums);
      }
    } catch (KilnException e) {
      if (e.kind() != KilnException.Kind.DEPENDENCY) {
        throw e;
      }
      String why = there + " does not answer (" + e.problems().get(0).what() + ")";
      asked.forEach(sums -> left.put(sums, why));
      silence = Optional.of(why);
    }
    return left;
  }

  private boolean isConfirmed(ModuleSums sums) {
    return settings
        .key()
        .flatMap(key -> fetcher.cache().findEntry(KIND, sums.key(key)))
        .isPresent();
  }

  private void remember(ModuleSums sums) {
    settings
        .key()
        .ifPresent(
            key ->
                fetcher
                    .cache()
                    .entry(
                        KIND,
                        sums.key(key),
                        target -> Files.writeString(target, sums.hashes() + "\n")));
  }
}
