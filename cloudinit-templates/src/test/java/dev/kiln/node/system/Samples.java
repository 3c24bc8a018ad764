package dev.kiln.node.system;

import dev.kiln.family.PlainRules;
import dev.kiln.node.system.NodeFile.Link;
import dev.kiln.node.system.NodeFile.Regular;
import dev.kiln.profile.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Profiles like the catalog's, and how files are found among those they make. */
final class Samples {
  private Samples() {}

  /** The catalog's debian12 with a change. */
  static Profile extended(Path directory, String change) throws IOException {
    Path file = directory.resolve("sample.yaml");
    Files.writeString(file, "extends: debian12\nname: sample\n" + change + "\n");
    return PlainRules.CATALOG.find(file.toString());
  }

  static String text(List<NodeFile> files, String path) {
    return files.stream()
        .filter(file -> file.path().text().equals(path))
        .map(file -> ((Regular) file).text())
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + path));
  }

  static List<String> paths(List<NodeFile> files) {
    return files.stream().map(file -> file.path().text()).toList();
  }

  /** Every file whole, as one text. */
  static String listing(List<NodeFile> files) {
    StringBuilder all = new StringBuilder();
    for (NodeFile file : files) {
      if (file instanceof Link link) {
        all.append("==> ").append(link.path()).append(" -> ").append(link.target()).append("\n\n");
      } else if (file instanceof Regular regular) {
        all.append("==> ").append(regular.path());
        all.append(String.format(" %04o%n", regular.mode())).append(regular.text()).append('\n');
      }
    }
    return all.toString();
  }
}
