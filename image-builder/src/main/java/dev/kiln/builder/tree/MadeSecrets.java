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
                    secret -> maker(secret) + what(secret) + firstDirectories(secret.path()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    return alike.values().stream().flatMap(each -> problemsOf(each).stream()).toList();
  }

  private List<Problem> problemsOf(List<Secret> alike) {
    String above = commonDirectory(alike);
    // No directory of the root, such as /etc, can become anything as a whole.
    if (alike.size() <= MOST || above.lastIndexOf('/') == 0) {
      return alike.stream()
          .map(secret -> problem(secret, secret.path(), shown(secret.path()) + ", which "))
          .toList();
    }
    String which = alike.size() + " files below " + shown(above) + ", each of which ";
    return List.of(problem(alike.get(0), above, which));
  }

  private Problem problem(Secret secret, String path, String which) {
    if (secret.why().equals("password")) {
      return Problem.of(
          maker(secret) + " set a password in " + shown(path) + ": every machine would have it",
          "Let no script set one; user-data can");
    }
    return Problem.of(
        maker(secret) + " made " + which + what(secret) + ": every machine would have the same",
        "Say under 'seal:' of the profile what becomes of it: '"
            + shown(path)
            + ": {again: [PROGRAM, ARGUMENT]}', '{by: WHO}' or '{keep: WHY}'");
  }

  private static String shown(String path) {
    return Shown.of(path, 200);
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

  /** The first two of a path's directories, or the one that it has: {@code /var/lib}. */
  private static String firstDirectories(String path) {
    int second = path.indexOf('/', path.indexOf('/', 1) + 1);
    return second < 0 ? parent(path) : path.substring(0, second);
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
