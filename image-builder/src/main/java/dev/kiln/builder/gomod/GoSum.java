package dev.kiln.builder.gomod;

import dev.kiln.failure.KilnException;
import dev.kiln.failure.Problem;
import dev.kiln.failure.Shown;
import dev.kiln.lock.LockedSource.ModuleFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code go.sum} (https://go.dev/ref/mod#go-sum-files): the hash of every file of a module proxy
 * that a build reads.
 *
 * @param hashes by file, in the order in which they are written
 */
record GoSum(Map<Entry, String> hashes) {
  /** Lines; Kubernetes' own has 900. */
  private static final int MOST = 20_000;

  private static final Pattern LINE =
      Pattern.compile("(\\S{1,200}) (\\S{1,200}?)(/go\\.mod)? (h1:[A-Za-z0-9+/]{43}=)");

  GoSum {
    hashes = Collections.unmodifiableMap(new LinkedHashMap<>(hashes));
  }

  /** A file of a proxy. */
  record Entry(String module, String version, ModuleFile.Kind kind) {
    Entry {
      ModuleFile.path(module, version, kind);
    }

    /** Its path below a proxy. */
    String path() {
      return ModuleFile.path(module, version, kind);
    }

    /** The path below a checksum database of what it has of this version of the module. */
    String lookup() {
      return "lookup/" + ModuleFile.escaped(module) + "@" + ModuleFile.escaped(version);
    }

    @Override
    public String toString() {
      return module + " " + version + (kind == ModuleFile.Kind.MOD ? "/go.mod" : "");
    }
  }

  /** The hash of a file; empty where it names none. */
  Optional<String> of(Entry entry) {
    return Optional.ofNullable(hashes.get(entry));
  }

  /**
   * Reads one.
   *
   * @param name what errors call it
   * @throws KilnException of kind INPUT with everything that is wrong
   */
  static GoSum parse(String name, String text) {
    return new Parser(name).parse(text);
  }

  private static final class Parser {
    private final String name;
    private final Map<Entry, String> hashes = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private int number;

    Parser(String name) {
      this.name = name;
    }

    GoSum parse(String text) {
      text.lines().limit(MOST + 1L).forEach(this::line);
      if (number > MOST) {
        problems.add(Problem.of(name + " has more than " + MOST + " lines", "Name the right file"));
      }
      if (!problems.isEmpty()) {
        throw new KilnException(KilnException.Kind.INPUT, problems, null);
      }
      return new GoSum(hashes);
    }

    private void line(String line) {
      number++;
      if (line.isBlank()) {
        return;
      }
      Matcher matcher = LINE.matcher(line.strip());
      if (!matcher.matches()) {
        refuse(
            "'" + Shown.of(line, 80) + "' is no line of a go.sum", "Write it with 'go mod tidy'");
        return;
      }
      try {
        add(
            new Entry(
                matcher.group(1),
                matcher.group(2),
                matcher.group(3) == null ? ModuleFile.Kind.ZIP : ModuleFile.Kind.MOD),
            matcher.group(4));
      } catch (IllegalArgumentException e) {
        refuse(String.valueOf(e.getMessage()), "Write it with 'go mod tidy'");
      }
    }

    private void add(Entry entry, String hash) {
      String before = hashes.putIfAbsent(entry, hash);
      if (before != null && !before.equals(hash)) {
        refuse(entry + " has two hashes", "Find out who changed the module before you take either");
      }
    }

    private void refuse(String what, String mend) {
      problems.add(Problem.of(name + ", line " + number + ": " + what, mend));
    }
  }
}
