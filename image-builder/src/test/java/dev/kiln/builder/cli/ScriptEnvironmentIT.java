package dev.kiln.builder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.manifest.ImageDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a package's script sees, beside what it sees in mmdebstrap's chroot: the table of ADR 0012.
 */
class ScriptEnvironmentIT {
  private static final String SCRIPT =
      """
      #!/bin/sh
      set -eu
      {
        env | sed -n '/^DPKG_/d;/^_=/d;s/^\\([A-Za-z_]*\\)=/variable \\1: /p'
        echo "umask: $(umask)"
        echo "directory: $(pwd)"
        sed -n 's/^\\(Uid\\|Gid\\|Groups\\|CapEff\\|NoNewPrivs\\|Seccomp\\):[[:space:]]*/\\1: /p' /proc/self/status
        echo "limit of cores: $(ulimit -c)"
        echo "limit of the stack: $(ulimit -S -s)"
        echo "host: $(cat /proc/sys/kernel/hostname)"
        echo "domain: $(cat /proc/sys/kernel/domainname)"
        for file in /etc/hosts /etc/resolv.conf; do
          if [ -e $file ]; then echo "$file: there"; else echo "$file: none"; fi
        done
        echo "devices:" /dev/*
        for file in /dev/null /dev/zero /dev/urandom /dev/tty /dev/shm /dev/pts /tmp /run; do
          echo "mode of $file: $(stat -c '%a %u %g' $file)"
        done
        if [ -n "$(ls -A /sys)" ]; then echo "/sys: full"; else echo "/sys: empty"; fi
        echo "command line: $(sed 's/.*/told/' /proc/cmdline)"
        if [ -d /proc/2 ] && [ -d /proc/10 ]; then echo "processes: the host's"; else echo "processes: its own"; fi
        echo "loopback: $(sed -n '/|-- 127.0.0.1/{s/.*/up/p;q}' /proc/net/fib_trie)"
        echo "interfaces:" $(sed -n 's/^ *\\([a-z0-9]*\\):.*/\\1/p' /proc/net/dev)
        echo "input: $(ls -l /proc/self/fd/0 | sed 's/.* -> //')"
      } > /usr/share/seen
      """;

  @TempDir private Path directory;

  @Test
  void differsFromMmdebstrapsInWhatTheTableSaysAlone() throws IOException {
    assertThat(Files.readString(Path.of("/proc/cmdline"))).isNotBlank();

    Map<String, String> kiln = inKiln();
    Map<String, String> mmdebstrap = inMmdebstrap();

    assertThat(differences(kiln, mmdebstrap))
        .containsExactlyInAnyOrder(
            "/etc/hosts",
            "/etc/resolv.conf",
            "/sys",
            "CapEff",
            "command line",
            "devices",
            "host",
            "interfaces",
            "processes",
            "variable APT_CONFIG",
            "variable FORCE_SOURCE_DATE",
            "variable INITRD",
            "variable LANG",
            "variable LANGUAGE",
            "variable PATH",
            "variable SOURCE_DATE_EPOCH",
            "variable TZ");
    assertThat(kiln).containsEntry("loopback", "up").containsEntry("host", "localhost");
  }

  private static Set<String> differences(Map<String, String> one, Map<String, String> other) {
    Set<String> keys = new TreeSet<>(one.keySet());
    keys.addAll(other.keySet());
    keys.removeIf(key -> Objects.equals(one.get(key), other.get(key)));
    return keys;
  }

  private Map<String, String> inKiln() throws IOException {
    try (SmallWorld world = new SmallWorld(directory)) {
      world.configure("linux-image-world", SCRIPT);
      world.publish(Instant.now());
      BakeBench.succeed(
          BuilderProgram.end(
              new BuilderProgram(directory)
                  .start(world.bake(directory.resolve("cache"), "image"))));
    }
    Path tree = directory.resolve("tree");
    Squashfs.of(ImageDirectory.read(directory.resolve("image")), "os").unpack(tree);
    return read(tree.resolve("usr/share/seen"));
  }

  /** As root, like a bake, and in no environment but what it needs to fetch. */
  private Map<String, String> inMmdebstrap() throws IOException {
    Path repository = Files.createDirectories(directory.resolve("repository"));
    Path control = Files.createDirectories(directory.resolve("probe/DEBIAN"));
    Files.writeString(
        control.resolve("control"),
        """
        Package: probe
        Version: 1
        Architecture: all
        Maintainer: a test <a@example.org>
        Description: writes down what it sees
        """);
    Path script = Files.writeString(control.resolve("postinst"), SCRIPT);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    String build =
        """
        cd '%s'
        dpkg-deb --root-owner-group -b probe repository/probe_1_all.deb
        (cd repository && dpkg-scanpackages . > Packages)
        cat /etc/apt/sources.list.d/debian.sources > here.sources
        env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root ${http_proxy:+http_proxy="$http_proxy"} \\
          mmdebstrap --mode=root --variant=essential --include=probe bookworm chroot here.sources \\
            'deb [trusted=yes] copy:%s ./' < /dev/null
        cp chroot/usr/share/seen .
        rm -rf --one-file-system chroot
        """
            .formatted(directory, repository);
    HostCommand.run("sh", "-eu", "-c", build);
    return read(directory.resolve("seen"));
  }

  private static Map<String, String> read(Path seen) throws IOException {
    return Files.readAllLines(seen).stream()
        .map(line -> line.split(": ?", 2))
        .collect(Collectors.toMap(line -> line[0], line -> line[1], (a, b) -> b, TreeMap::new));
  }
}
