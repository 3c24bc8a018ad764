package dev.kiln.builder.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.kiln.builder.cli.BuilderProgram.Ended;
import dev.kiln.builder.cli.BuilderProgram.Started;
import dev.kiln.command.ExitCode;
import dev.kiln.manifest.ImageDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A package whose script makes far more than its files let expect. */
class OutgrownMemoryIT {
  /** In memory it waits until a test has made that small. */
  private static final String LARGE =
      """
      #!/bin/sh
      set -eu
      if [ "$(stat -f -c %T /)" = tmpfs ]; then
        echo waits for little memory
        until [ "$(stat -f -c %b /)" -le 131072 ]; do sleep 0.1; done
      fi
      part=0
      while [ $((part += 1)) -le 1000 ]; do cat /usr/bin/dpkg >> /usr/share/sample/large; done
      """;

  @TempDir private Path directory;

  private SmallWorld world;

  @BeforeEach
  void openTheWorld() throws IOException {
    world = new SmallWorld(directory);
    world.configure("linux-image-world", LARGE);
    world.publish(Instant.now());
  }

  @AfterEach
  void closeTheWorld() {
    world.close();
  }

  @Test
  void isInstalledOnDiskWhereMemoryEndsMeanwhile() throws Exception {
    Started bake =
        new BuilderProgram(directory).start(world.bake(directory.resolve("cache"), "image"));
    shrinkTheTree(bake);

    Ended ended = BakeBench.succeed(BuilderProgram.end(bake));

    assertThat(ended.untimed().lines())
        .filteredOn(line -> line.contains("begun again"))
        .singleElement()
        .asString()
        .matches(
            "bake=world the tree does not fit into .* [GM]B of memory: it is begun again on disk");
    assertThat(Squashfs.of(ImageDirectory.read(directory.resolve("image")), "os").listing())
        .containsKeys("/usr/share/sample/large", "/usr/share/sample/newest");
    assertThat(directory.resolve("cache/tmp")).isEmptyDirectory();
  }

  @Test
  void endsABakeOnAFullDiskAsDocumented() throws IOException {
    Path small = Files.createDirectory(directory.resolve("small"));
    HostCommand.run("mount", "-t", "tmpfs", "-o", "size=300m", "tmpfs", small.toString());
    try {
      List<String> call = new ArrayList<>(world.bake(small.resolve("cache"), "image"));
      call.add("--workspace=disk");
      // The script takes this disk for memory, and is content with it: it is small.
      Ended ended = BuilderProgram.end(new BuilderProgram(directory).start(call));

      assertThat(ended.exitCode()).as(ended.err()).isEqualTo(ExitCode.IO.code());
      assertThat(ended.words())
          .contains("No space left on device")
          .endsWith("The disk is full: free some space there, or name a cache on another disk.");
      assertThat(directory.resolve("image")).doesNotExist();
      assertThat(small.resolve("cache/tmp")).isEmptyDirectory();
    } finally {
      HostCommand.run("umount", small.toString());
    }
  }

  /** Gives the file system in memory no more than 64 MiB, which are nearly used. */
  private void shrinkTheTree(Started bake) throws Exception {
    while (!Files.readString(bake.err()).contains("install-packages")) {
      if (bake.process().waitFor(50, TimeUnit.MILLISECONDS)) {
        fail("it ended before it installed anything:\n" + Files.readString(bake.err()));
      }
    }
    String[] keeper = keeper().orElseThrow();
    HostCommand.run(
        "nsenter",
        "--mount=/proc/" + keeper[0] + "/ns/mnt",
        "mount",
        "-o",
        "remount,size=64m",
        keeper[1]);
  }

  /** A process that sees the tree, and where. */
  private Optional<String[]> keeper() throws IOException {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process : processes.filter(p -> p.toString().matches("/proc/\\d+")).toList()) {
        for (String line : mounts(process)) {
          String point = line.split(" ")[4];
          if (line.contains(" - tmpfs kiln-workspace ") && point.startsWith(directory.toString())) {
            return Optional.of(new String[] {process.getFileName().toString(), point});
          }
        }
      }
    }
    return Optional.empty();
  }

  private static List<String> mounts(Path process) {
    try {
      return Files.readAllLines(process.resolve("mountinfo"), UTF_8);
    } catch (IOException e) {
      return List.of(); // it ended meanwhile
    }
  }
}
