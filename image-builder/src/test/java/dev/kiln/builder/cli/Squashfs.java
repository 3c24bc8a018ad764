package dev.kiln.builder.cli;

import dev.kiln.manifest.ImageDirectory;
import dev.kiln.manifest.Layer;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A layer as programs see it that others wrote: unsquashfs and veritysetup. */
record Squashfs(Path file, Layer layer) {
  private static final Pattern LINE =
      Pattern.compile("(\\S{10}) (\\S+)\\s+\\d+ \\S+ \\S+ squashfs-root(/.*)?");

  /** A layer of an image. */
  static Squashfs of(ImageDirectory image, String name) {
    Layer layer =
        image.manifest().layers().stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow();
    return new Squashfs(image.path().resolve(layer.file().name()), layer);
  }

  /**
   * Mode and owner of each path, such as {@code -rwxr-xr-x 0/0}; where it is a link, also {@code ->
   * TARGET}.
   */
  Map<String, String> listing() {
    Map<String, String> files = new TreeMap<>();
    for (String line :
        HostCommand.run("/usr/bin/unsquashfs", "-lln", file.toString()).lines().toList()) {
      Matcher match = LINE.matcher(line);
      if (match.matches() && match.group(3) != null) {
        String[] path = match.group(3).split(" -> ", 2);
        String target = path.length == 2 ? " -> " + path[1] : "";
        files.put(path[0], match.group(1) + " " + match.group(2) + target);
      }
    }
    return files;
  }

  /** All of it as files, with their modes, owners and times. */
  void unpack(Path directory) {
    HostCommand.run(
        "/usr/bin/unsquashfs",
        "-no-progress",
        "-quiet",
        "-d",
        directory.toString(),
        file.toString());
  }

  /** What a file holds. */
  String content(String path) {
    return HostCommand.run("/usr/bin/unsquashfs", "-cat", file.toString(), path.substring(1));
  }

  /** Fails where veritysetup does not find the manifest's root hash. */
  void verify() {
    HostCommand.run(
        "/usr/sbin/veritysetup",
        "verify",
        file.toString(),
        file.toString(),
        layer.verity().rootHash().hex(),
        "--hash-offset=" + layer.verity().hashOffset());
  }
}
