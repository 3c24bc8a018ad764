package dev.kiln.builder.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kiln.builder.deb.TarBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** The data member of a package, in which each file comes behind its directories. */
final class PackageFiles {
  private final TarBytes tar = new TarBytes();
  private final Set<String> made = new HashSet<>();

  PackageFiles(long time) {
    tar.time(time).mode("0000755").directory("./");
  }

  /** The time of what follows, seconds since 1970. */
  PackageFiles time(long seconds) {
    tar.time(seconds);
    return this;
  }

  PackageFiles directory(String path) {
    for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      make(path.substring(0, slash));
    }
    make(path);
    return this;
  }

  PackageFiles file(String path, String mode, String content) {
    return file(path, mode, content.getBytes(UTF_8));
  }

  PackageFiles link(String path, String target) {
    above(path);
    tar.symbolicLink("./" + path, target);
    return this;
  }

  PackageFiles hardLink(String path, String target) {
    above(path);
    tar.hardLink("./" + path, "./" + target);
    return this;
  }

  /** Programs or libraries of this machine, at the paths they have here. */
  PackageFiles host(Collection<String> paths) throws IOException {
    for (String path : paths) {
      Path host = Path.of(path);
      // Programs ask for a linker where it is a link; its file lies among the libraries.
      if (path.contains("/ld-linux") && Files.isSymbolicLink(host)) {
        String target = Files.readSymbolicLink(host).toString();
        file(target.substring(1), "0000755", Files.readAllBytes(host));
        link(path.substring(1), target);
      } else {
        file(path.substring(1), "0000755", Files.readAllBytes(host));
      }
    }
    return this;
  }

  byte[] bytes() {
    byte[] files = tar.unended();
    return Arrays.copyOf(files, files.length + 1024);
  }

  private PackageFiles file(String path, String mode, byte[] content) {
    above(path);
    tar.mode(mode).file("./" + path, content).mode("0000755");
    return this;
  }

  private void above(String path) {
    int slash = path.lastIndexOf('/');
    if (slash > 0) {
      directory(path.substring(0, slash));
    }
  }

  private void make(String path) {
    if (made.add(path)) {
      tar.directory("./" + path + "/");
    }
  }
}
