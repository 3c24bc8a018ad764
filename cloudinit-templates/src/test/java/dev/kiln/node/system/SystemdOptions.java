package dev.kiln.node.system;

import dev.kiln.file.Resource;
import dev.kiln.node.system.NodeFile.Regular;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What files tell systemd, and what systemd 219 knows of it. */
final class SystemdOptions {
  /** From the tables of its parsers; a line is a section of a kind of file, and its options. */
  private static final List<String> KNOWN_BY_219 =
      Resource.text(SystemdOptions.class, "/system/systemd-219.txt").lines().toList();

  private SystemdOptions() {}

  /** The options that systemd 219 does not know, such as {@code network Match.Kind}. */
  static Set<String> unknownTo219(List<NodeFile> files) {
    Set<String> unknown = new TreeSet<>();
    for (NodeFile file : files) {
      if (file instanceof Regular regular && file.path().text().contains("/systemd/")) {
        unknown.addAll(options(kind(file.path().text()), regular.text()));
      }
    }
    KNOWN_BY_219.forEach(line -> unknown.removeAll(known(line)));
    return unknown;
  }

  private static List<String> known(String line) {
    String[] words = line.split(" ");
    List<String> options = new ArrayList<>();
    for (String option : List.of(words).subList(2, words.length)) {
      options.add(words[0] + " " + words[1] + "." + option);
    }
    return options;
  }

  /** A drop-in is of the kind of its unit, a daemon's settings of the daemon's. */
  private static String kind(String path) {
    String name =
        path.endsWith("/90-kiln.conf") ? path.substring(0, path.lastIndexOf(".d/")) : path;
    String base = name.substring(name.lastIndexOf('/') + 1);
    return name.endsWith(".conf") ? base : base.substring(base.lastIndexOf('.') + 1);
  }

  private static List<String> options(String kind, String text) {
    List<String> options = new ArrayList<>();
    String section = "";
    for (String line : text.replace("\\\n", " ").lines().toList()) {
      if (line.startsWith("[")) {
        section = line.substring(1, line.length() - 1);
      } else if (line.contains("=") && !line.startsWith("#")) {
        options.add(kind + " " + section + "." + line.substring(0, line.indexOf('=')));
      }
    }
    return options;
  }
}
