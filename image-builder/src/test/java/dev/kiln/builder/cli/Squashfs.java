package dev.kiln.builder.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.manifest.ImageDirectory;
import dev.kiln.manifest.Layer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
    for (String line : run("/usr/bin/unsquashfs", "-lln", file.toString()).lines().toList()) {
      Matcher match = LINE.matcher(line);
      if (match.matches() && match.group(3) != null) {
        String[] path = match.group(3).split(" -> ", 2);
        String target = path.length == 2 ? " -> " + path[1] : "";
        files.put(path[0], match.group(1) + " " + match.group(2) + target);
      }
    }
    return files;
  }

  /** What a file holds. */
  String content(String path) {
    return run("/usr/bin/unsquashfs", "-cat", file.toString(), path.substring(1));
  }

  /** Fails where veritysetup does not find the manifest's root hash. */
  void verify() {
    run(
        "/usr/sbin/veritysetup",
        "verify",
        file.toString(),
        file.toString(),
        layer.verity().rootHash().hex(),
        "--hash-offset=" + layer.verity().hashOffset());
  }

  private static String run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor()).as(Stream.of(command).toList() + "\n" + output).isZero();
      return output;
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
