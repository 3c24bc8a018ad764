package dev.kiln.builder.tree;

import dev.kiln.builder.cache.CacheEntry;
import dev.kiln.builder.kit.Kit;
import dev.kiln.builder.packages.PathTimes;
import dev.kiln.builder.sandbox.Bind;
import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.document.Json;
import dev.kiln.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What packages' scripts made in a tree, and whose scripts those were: the times that tell it are
 * gone once the tree was kept and put back.
 *
 * @param makers in words, by a file's path in the tree, such as {@code /etc/hosts}
 */
public record MadeFiles(SortedMap<String, String> makers) {
  private static final String FILE = "made.json";

  /** Bytes; a base system's scripts make some hundred files. */
  private static final int MOST = 16 << 20;

  /** Runs with the tree as its directory, after the lines of the makers. */
  private static final String LIST =
      """
      cd /run/tree
      sh -c "$MAKERS" | sed 's/^/maker\t/'
      find . -xdev ! -type d -exec stat -c 'file\t%z\t%n' {} +
      """;

  public MadeFiles {
    makers = Collections.unmodifiableSortedMap(new TreeMap<>(makers));
  }

  /**
   * Looks through a tree.
   *
   * @param script of the distribution's family that prints whose scripts first ran when
   * @param brought what packages brought into it, which no script made
   */
  public static MadeFiles in(ImageTree tree, Kit kit, String script, PathTimes brought) {
    List<String> lines = new ArrayList<>();
    kit.sandbox()
        .run(
            kit.command("/bin/busybox", "sh", "-c", "set -eu\n" + LIST)
                .with("MAKERS", script)
                .with(Bind.readOnly(tree, "/run/tree")),
            in -> {},
            lines::add)
        .orFail("list what scripts made");
    Makers makers = new Makers();
    SortedMap<String, String> made = new TreeMap<>();
    for (String line : lines) {
      String[] fields = line.split("\t", 3);
      if (fields[0].equals("maker")) {
        makers.add(fields[1]);
      } else if (fields.length == 3 && !brought.bringers().containsKey(fields[2].substring(2))) {
        // The path is printed as ./etc/hosts.
        String path = fields[2].substring(1);
        makers.of(fields[1]).ifPresent(maker -> made.put(path, maker));
      }
    }
    return new MadeFiles(made);
  }

  /** Writes it into {@code entry}, a directory of the cache that is being made. */
  public void write(Path entry) throws IOException {
    AtomicFile.write(entry.resolve(FILE), Json.write(this));
  }

  /** Reads what {@link #write} wrote. */
  public static MadeFiles read(CacheEntry entry) {
    return Json.read(
        entry.path().resolve(FILE).toString(), entry.file(FILE).read(MOST), MadeFiles.class);
  }

  /** Whose script made a file, in words. */
  Optional<String> maker(String path) {
    return Optional.ofNullable(makers.get(path));
  }
}
