package dev.kiln.builder.tree;

import dev.kiln.failure.Problem;
import dev.kiln.failure.Shown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The secrets that packages' scripts made, and whose scripts those were: whoever had begun last
 * when the file was last changed. A clock that ticks slowly leaves more than one.
 */
final class MadeSecrets {
  /** Of one maker and sort, before they are told by their directory alone. */
  private static final int MOST = 4;

  /** One file. */
  private record Secret(String why, String mode, String owner, String changed, String path) {}

  /** One package's script. */
  private record Maker(String began, String name) {}

  private final List<Secret> secrets = new ArrayList<>();
  private final List<Maker> makers = new ArrayList<>();

  private MadeSecrets() {}

  /** What is to be said of them, by the lines that settle.sh prints. */
  static List<Problem> in(List<String> lines) {
    MadeSecrets made = new MadeSecrets();
    for (String line : lines) {
      String[] fields = line.split("\t", 6);
      if (fields[0].equals("secret") && fields.length == 6) {
        // The path is printed as ./etc/key.
        String path = fields[5].substring(1);
        made.secrets.add(new Secret(fields[1], fields[2], fields[3], fields[4], path));
      } else if (fields[0].equals("maker")) {
        int name = fields[1].lastIndexOf(' ');
        made.makers.add(new Maker(fields[1].substring(0, name), fields[1].substring(name + 1)));
      }
    }
    return made.problems();
  }

  private List<Problem> problems() {
    Map<String, List<Secret>> alike =
        secrets.stream()
            .collect(
                Collectors.groupingBy(
                    secret -> maker(secret) + what(secret),
                    LinkedHashMap::new,
                    Collectors.toList()));
    return alike.values().stream().flatMap(each -> problemsOf(each).stream()).toList();
  }

  private List<Problem> problemsOf(List<Secret> alike) {
    Secret first = alike.get(0);
    if (alike.size() <= MOST) {
      return alike.stream()
          .map(secret -> problem(maker(secret), secret.path(), "which " + what(secret), secret))
          .toList();
    }
    String above = commonDirectory(alike);
    String which = alike.size() + " files below " + above;
    return List.of(
        problem(
            maker(first),
            which,
            "each of which " + what(first),
            new Secret(first.why(), first.mode(), first.owner(), first.changed(), above)));
  }

  private static Problem problem(String maker, String which, String what, Secret named) {
    String path = Shown.of(named.path(), 200);
    if (named.why().equals("password")) {
      return Problem.of(
          maker + " set a password in " + path + ": every machine would have it",
          "Let no script set one; user-data can");
    }
    return Problem.of(
        maker
            + " made "
            + Shown.of(which, 220)
            + ", "
            + what
            + ": every machine would have the same",
        "Say under 'seal:' of the profile what becomes of it: '"
            + path
            + ": {again: [PROGRAM, ARGUMENT]}', '{by: WHO}' or '{keep: WHY}'");
  }

  private static String what(Secret secret) {
    return switch (secret.why()) {
      case "key" -> "holds a private key";
      case "private" -> "not everybody may read (" + secret.mode() + ", " + secret.owner() + ")";
      default -> "holds a password";
    };
  }

  private String maker(Secret secret) {
    String begun = "";
    TreeSet<String> names = new TreeSet<>();
    for (Maker maker : makers) {
      int order = maker.began().compareTo(begun);
      if (maker.began().compareTo(secret.changed()) > 0 || order < 0) {
        continue;
      }
      if (order > 0) {
        names.clear();
        begun = maker.began();
      }
      names.add(maker.name());
    }
    return names.isEmpty()
        ? "some package's script"
        : "a script of " + names.stream().map(Shown::of).collect(Collectors.joining(" or "));
  }

  private static String commonDirectory(List<Secret> secrets) {
    String common = parent(secrets.get(0).path());
    for (Secret secret : secrets) {
      while (!secret.path().startsWith(common + "/")) {
        common = parent(common);
      }
    }
    return common;
  }

  private static String parent(String path) {
    return path.substring(0, path.lastIndexOf('/'));
  }
}
