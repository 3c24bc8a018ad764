package dev.kiln.builder.tree;

import dev.kiln.failure.Problem;
import dev.kiln.failure.Shown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The secrets that packages' scripts made, and what they make otherwise each time; and whose
 * scripts those were.
 */
final class MadeSecrets {
  /** Of one maker and sort, before they are told by their directory alone. */
  private static final int MOST = 4;

  /** One file. */
  private record Secret(String why, String mode, String owner, String changed, String path) {}

  private final List<Secret> secrets = new ArrayList<>();
  private final Makers makers = new Makers();
  private final MadeFiles before;

  private MadeSecrets(MadeFiles before) {
    this.before = before;
  }

  /**
   * What is to be said of them.
   *
   * @param lines that settle.sh prints
   * @param before what was made before the tree was kept and put back
   */
  static List<Problem> in(List<String> lines, MadeFiles before) {
    MadeSecrets made = new MadeSecrets(before);
    for (String line : lines) {
      String[] fields = line.split("\t", 6);
      if (fields[0].equals("secret") && fields.length == 6) {
        // The path is printed as ./etc/key.
        String path = fields[5].substring(1);
        made.secrets.add(new Secret(fields[1], fields[2], fields[3], fields[4], path));
      } else if (fields[0].equals("maker")) {
        made.makers.add(fields[1]);
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
    String harm =
        secret.why().equals("unlike")
            ? ": equal inputs would give other images"
            : ": every machine would have the same";
    return Problem.of(
        maker(secret) + " made " + which + what(secret) + harm,
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
      case "unlike" -> "no two bakes make alike";
      case "private" -> "not everybody may read (" + secret.mode() + ", " + secret.owner() + ")";
      default -> "holds a password";
    };
  }

  /** One that a later script changed is that one's. */
  private String maker(Secret secret) {
    return makers
        .of(secret.changed())
        .or(() -> before.maker(secret.path()))
        .orElse("some package's script");
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
