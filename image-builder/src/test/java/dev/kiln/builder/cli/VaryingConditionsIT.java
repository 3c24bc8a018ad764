package dev.kiln.builder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.cli.BuilderProgram.Ended;
import dev.kiln.builder.source.SampleBuild;
import dev.kiln.file.Digest;
import dev.kiln.manifest.ImageDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two bakes that have nothing in common but the profile and the repository. A package's script
 * writes into the image what it sees of where it runs, and a program of Go modules is compiled in
 * each.
 */
class VaryingConditionsIT {
  private static final String SEEN =
      """
      #!/bin/sh
      set -eu
      {
        umask; pwd; cat; env; ls -A1 / /dev /dev/pts /tmp /run
        ulimit -c; ulimit -S -n; ulimit -S -s
        cat /etc/hosts /proc/sys/kernel/hostname /proc/sys/kernel/domainname /proc/self/cmdline
        cat /proc/cmdline /proc/partitions /proc/swaps
        sed -n '/^[UG]id/p;/^Groups/p;/^Cap/p;/^Umask/p;/^Seccomp:/p' /proc/self/status
        ls -1 /proc/self/fd /proc/net
        stat -c '%a %u %g %n' /dev/* /tmp /run
        touch -d "@$SOURCE_DATE_EPOCH" /tmp/time; stat -c '%y' /tmp/time
      } > /usr/share/sample/seen
      echo x > /usr/share/sample/made-by-umask
      mkdir /usr/share/sample/directory-by-umask
      for file in z y x a b c 1 2 3; do echo $file > /usr/share/sample/directory-by-umask/$file; done
      """;

  /**
   * The program on another machine, as far as a machine can be made of this one. The clock is that
   * of the program alone: what runs in a sandbox asks the kernel, whose clock is everybody's.
   */
  private static final String ELSEWHERE =
      """
      #!/bin/sh
      umask 077
      ulimit -S -n 900
      ulimit -S -s 4096
      # How long something takes is none of the clock's business. Without the second, faketime
      # takes a wait until an instant of the monotonic clock for one that is over: a JVM then spins.
      export FAKETIME_DONT_FAKE_MONOTONIC=1 FAKETIME_FORCE_MONOTONIC_FIX=0
      processor=$(sed -n 's/^Cpus_allowed_list:[^0-9]*\\([0-9]*\\).*/\\1/p' /proc/self/status)
      exec unshare --uts sh -c \
        'hostname elsewhere.example && domainname elsewhere.nis && exec "$@"' - \\
        taskset -c "$processor" faketime -f +400d "$KILN_BUILDER" "$@"
      """;

  @TempDir private Path directory;
  private final SampleBuild sample = new SampleBuild();

  @Test
  void doNotShowInAnyByteOfAnImage() throws IOException {
    try (SmallWorld world = new SmallWorld(directory)) {
      world.configure("linux-image-world", SEEN);
      world.packNameOfAnotherLanguage();
      sample.writeProxy(directory.resolve("proxy"));
      sample.writeFiles(directory.resolve("files"));
      world.add("builds", "\n" + sample.text("./files"));
      world.publish(Instant.now());
      List<String> onDisk = new ArrayList<>(world.bake(directory.resolve("cache"), "image"));
      onDisk.add("--workspace=disk");
      Path far =
          Files.createDirectories(directory.resolve("ein langer Weg/nach Łódź/" + "x".repeat(100)));
      List<String> inMemory = world.bake(far.resolve("der Vorrat"), far + "/Bild");

      BakeBench.succeed(
          BuilderProgram.end(withModules(new BuilderProgram(directory)).start(onDisk)));
      Ended other =
          BakeBench.succeed(BuilderProgram.end(withModules(elsewhere(far)).start(inMemory)));

      assertThat(other.err()).contains("bake=world workspace: in memory\n");
      assertThat(firstTime(other)).isAfter(Instant.now().plus(399, ChronoUnit.DAYS));
      ImageDirectory image = ImageDirectory.read(directory.resolve("image"));
      assertThat(Squashfs.of(image, "os").content("/usr/share/sample/seen"))
          .isEqualTo(
              Squashfs.of(ImageDirectory.read(far.resolve("Bild")), "os")
                  .content("/usr/share/sample/seen"))
          .contains("SOURCE_DATE_EPOCH=" + WorldPackage.NEWEST);
      assertThat(files(far.resolve("Bild"))).isEqualTo(files(directory.resolve("image")));
      assertThat(Squashfs.of(image, "runtime").listing())
          .containsKeys("/opt/plugins/" + SmallWorld.OTHER_NAME, "/usr/bin/mytool");
    }
  }

  private static Instant firstTime(Ended ended) {
    return Instant.parse(ended.err().lines().findFirst().orElseThrow().replaceFirst(" .*", ""));
  }

  private BuilderProgram withModules(BuilderProgram builder) {
    return builder.with("GOPROXY", directory.resolve("proxy").toUri().toString());
  }

  private BuilderProgram elsewhere(Path far) throws IOException {
    sample.writeFiles(far.resolve("files"));
    for (String file : List.of(SmallWorld.PROFILE, "keys.gpg")) {
      Files.copy(directory.resolve(file), far.resolve(file));
    }
    Path program = Files.writeString(far.resolve("builder"), ELSEWHERE);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    BuilderProgram builder = new BuilderProgram(far, program.toString());
    Map.of(
            "KILN_BUILDER", System.getenv("KILN_BUILDER"),
            "LC_ALL", "C",
            "LANG", "tr_TR.UTF-8",
            "KILN_WORKSPACE", "memory",
            "TZ", "Asia/Kathmandu",
            "USER", "somebody",
            "LOGNAME", "somebody",
            "SOURCE_DATE_EPOCH", "1",
            "DEBIAN_FRONTEND", "dialog",
            "TMPDIR", far.toString())
        .forEach(builder::with);
    return builder;
  }

  /** Every file of an image by its name. */
  private static Map<String, Digest> files(Path image) throws IOException {
    Map<String, Digest> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(image)) {
      for (Path file : all.toList()) {
        files.put(file.getFileName().toString(), Digest.of(file));
      }
    }
    return files;
  }
}
