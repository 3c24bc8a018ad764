package dev.kiln.node.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.node.system.NodeFile.Link;
import dev.kiln.node.system.NodeFile.Regular;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The files of some Debian packages, from this machine's own apt sources, with a node's on top. */
record DebianRoot(Path path) {
  /** What a command left. */
  record Outcome(int status, String output) {}

  static DebianRoot of(Path directory, String... packages) throws IOException {
    List<String> download = new ArrayList<>(List.of("apt-get", "-q", "download"));
    download.addAll(List.of(packages));
    Path debs = Files.createDirectory(directory.resolve("debs"));
    assertThat(run(debs, Map.of(), download.toArray(String[]::new)))
        .as("apt-get download; has apt-get update ever run here?")
        .extracting(Outcome::status)
        .isEqualTo(0);
    Path root = Files.createDirectory(directory.resolve("root"));
    // Packages of Debian 12 still hold /lib and /bin, which are links into /usr on a machine.
    String unpack =
        """
        set -eu
        for deb in "$1"/*.deb; do dpkg-deb -x "$deb" "$2"; done
        cd "$2"
        mkdir -p usr
        for directory in bin sbin lib lib64; do
          mkdir -p "$directory" "usr/$directory"
          cp -a "$directory/." "usr/$directory/"
          rm -r "$directory"
          ln -s "usr/$directory" "$directory"
        done
        """;
    assertThat(run(root, Map.of(), "sh", "-c", unpack, "sh", debs.toString(), root.toString()))
        .isEqualTo(new Outcome(0, ""));
    return new DebianRoot(root);
  }

  void put(List<NodeFile> files) throws IOException {
    for (NodeFile file : files) {
      Path place = path.resolve(file.path().text().substring(1));
      Files.createDirectories(place.getParent());
      Files.deleteIfExists(place);
      if (file instanceof Regular regular) {
        Files.write(place, regular.bytes());
      } else if (file instanceof Link link) {
        Files.createSymbolicLink(place, Path.of(link.target()));
      }
    }
  }

  /** A program that is never run, for tools that look whether it is there. */
  void putProgram(String program) throws IOException {
    Path place = path.resolve(program.substring(1));
    if (!Files.exists(place)) {
      Files.createDirectories(place.getParent());
      Files.writeString(place, "#!/bin/sh\n");
    }
    assertThat(place.toFile().setExecutable(true)).isTrue();
  }

  static Outcome run(Path directory, Map<String, String> environment, String... command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().putAll(environment);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return new Outcome(process.waitFor(), output);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
