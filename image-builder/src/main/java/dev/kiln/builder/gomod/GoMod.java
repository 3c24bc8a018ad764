package dev.kiln.builder.gomod;

import dev.kiln.failure.KilnException;
import dev.kiln.failure.Problem;
import dev.kiln.failure.Shown;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A {@code go.mod} (https://go.dev/ref/mod#go-mod-file), as far as it decides which modules a build
 * is made of and how they are compiled.
 *
 * @param module its own path
 * @param go the version of the language
 * @param godebug settings of the run time, by name
 * @param require module to version
 * @param replace module, or module and version, to what is taken in its place
 * @param exclude module and version
 */
record GoMod(
    String module,
    String go,
    Map<String, String> godebug,
    Map<String, String> require,
    Map<String, Replacement> replace,
    List<String> exclude) {
  GoMod {
    godebug = Collections.unmodifiableMap(new TreeMap<>(godebug));
    require = Collections.unmodifiableMap(new LinkedHashMap<>(require));
    replace = Collections.unmodifiableMap(new LinkedHashMap<>(replace));
    exclude = new TreeSet<>(exclude).stream().toList();
  }

  /**
   * What is taken in the place of a module.
   *
   * @param path of a module, or of a directory
   * @param version of that module; none of a directory
   */
  record Replacement(String path, Optional<String> version) {
    /** Whether it is a directory beside the file, which nobody else has. */
    boolean isLocal() {
      return version.isEmpty();
    }

    @Override
    public String toString() {
      return path + version.map(text -> " " + text).orElse("");
    }
  }

  /** Whether a directory stands in the place of a module. */
  boolean replacesLocally(String path) {
    return Optional.ofNullable(replace.get(path)).filter(Replacement::isLocal).isPresent();
  }

  /**
   * The version of a module that is compiled where it stands in the file; empty where it does not.
   */
  Optional<String> version(String path) {
    return Optional.ofNullable(replace.get(path))
        .filter(replacement -> replacement.path().equals(path))
        .flatMap(Replacement::version)
        .or(() -> Optional.ofNullable(require.get(path)));
  }

  /**
   * Reads one. What it says of tools, retractions and checks is passed over.
   *
   * @param name what errors call it
   * @throws KilnException of kind INPUT with everything that is wrong
   */
  static GoMod parse(String name, String text) {
    return new Parser(name).parse(text);
  }

  private static final class Parser {
    private final String name;
    private final Map<String, String> single = new LinkedHashMap<>();
    private final Map<String, String> godebug = new TreeMap<>();
    private final Map<String, String> require = new LinkedHashMap<>();
    private final Map<String, Replacement> replace = new LinkedHashMap<>();
    private final List<String> exclude = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private String block = "";
    private int number;

    Parser(String name) {
      this.name = name;
    }

    GoMod parse(String text) {
      text.lines().forEach(this::line);
      if (!block.isEmpty()) {
        refuse("'" + block + " (' is not closed");
      }
      for (String verb : List.of("module", "go")) {
        if (!single.containsKey(verb)) {
          problems.add(
              Problem.of(name + " has no line '" + verb + "'", "Make it with 'go mod tidy'"));
        }
      }
      if (!problems.isEmpty()) {
        throw new KilnException(KilnException.Kind.INPUT, problems, null);
      }
      return new GoMod(
          single.getOrDefault("module", ""),
          single.getOrDefault("go", ""),
          godebug,
          require,
          replace,
          exclude);
    }

    private void line(String line) {
      number++;
      int comment = line.indexOf("//");
      List<String> words = words(comment < 0 ? line : line.substring(0, comment));
      if (words.isEmpty()) {
        return;
      }
      if (!block.isEmpty() && words.equals(List.of(")"))) {
        block = "";
      } else if (!block.isEmpty()) {
        directive(block, words);
      } else if (words.size() == 2 && words.get(1).equals("(")) {
        block = words.get(0);
      } else {
        directive(words.get(0), words.subList(1, words.size()));
      }
    }

    /** Quotes stand around what has odd characters, none of which is in a word that counts here. */
    private static List<String> words(String line) {
      String plain = line.replace("\"", "").replace("`", "").strip();
      return plain.isEmpty() ? List.of() : List.of(plain.split("\\s+"));
    }

    private void directive(String verb, List<String> words) {
      boolean right =
          switch (verb) {
            case "module", "go" -> words.size() == 1 && single.put(verb, words.get(0)) == null;
            case "godebug" -> words.size() == 1 && setting(words.get(0));
            case "require" -> words.size() == 2 && require.put(words.get(0), words.get(1)) == null;
            case "replace" -> replacement(words);
            case "exclude" -> words.size() == 2 && exclude.add(String.join(" ", words));
            default -> true;
          };
      if (!right) {
        refuse("'" + Shown.of(verb + " " + String.join(" ", words), 120) + "' cannot be read");
      }
    }

    private boolean setting(String word) {
      int sign = word.indexOf('=');
      return sign > 0 && godebug.put(word.substring(0, sign), word.substring(sign + 1)) == null;
    }

    private boolean replacement(List<String> words) {
      int arrow = words.indexOf("=>");
      int after = words.size() - arrow - 1;
      if (arrow < 1 || arrow > 2 || after < 1 || after > 2) {
        return false;
      }
      String path = words.get(arrow + 1);
      Optional<String> version = after == 2 ? Optional.of(words.get(arrow + 2)) : Optional.empty();
      return replace.put(String.join(" ", words.subList(0, arrow)), new Replacement(path, version))
          == null;
    }

    private void refuse(String what) {
      problems.add(
          Problem.of(name + ", line " + number + ": " + what, "Make it with 'go mod tidy'"));
    }
  }
}
