package dev.kiln.builder.deb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.distro.KnownFamilies;
import dev.kiln.builder.fetch.Download;
import dev.kiln.builder.fetch.Fetcher;
import dev.kiln.builder.packages.ReadyPackage;
import dev.kiln.builder.packages.ReadyPackages;
import dev.kiln.builder.progress.RecordingProgress;
import dev.kiln.lock.LockedPackage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadyPackagesIT {
  @TempDir Path directory;

  @Test
  void dpkgSeesTheSamePackageInTheReadyOne() throws Exception {
    List<Path> debs = RealDebs.named("coreutils", "base-files", "tzdata", "dash", "sudo", "libc6");

    List<Path> ready = ready(debs);

    for (int i = 0; i < debs.size(); i++) {
      assertThat(RealDebs.run("ar", "t", ready.get(i).toString()))
          .isEqualTo("debian-binary\ncontrol.tar\ndata.tar\n");
      for (String view : List.of("--contents", "--fsys-tarfile", "--ctrl-tarfile", "--field")) {
        String expected = RealDebs.run("dpkg-deb", view, debs.get(i).toString());
        assertThat(RealDebs.run("dpkg-deb", view, ready.get(i).toString()))
            .as("%s of %s", view, debs.get(i))
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void theFirstFilesOfARootAreWhatDpkgUnpacks() throws Exception {
    List<Path> debs = RealDebs.named("base-files", "libc6", "coreutils", "dash", "sudo");
    Path tar = directory.resolve("bootstrap.tar");

    try (var out = Files.newOutputStream(tar)) {
      new BootstrapTar(MergedUsr.of("amd64")).write(ready(debs), out);
    }

    Path ours = Files.createDirectory(directory.resolve("ours"));
    RealDebs.run("tar", "-C", ours.toString(), "--numeric-owner", "-xpf", tar.toString());
    Path theirs = Files.createDirectory(directory.resolve("theirs"));
    for (String name : List.of("bin", "sbin", "lib", "lib32", "lib64", "libx32")) {
      Files.createDirectories(theirs.resolve("usr").resolve(name));
      Files.createSymbolicLink(theirs.resolve(name), Path.of("usr", name));
    }
    for (Path deb : debs) {
      RealDebs.run(
          "sh",
          "-c",
          "dpkg-deb --fsys-tarfile \"$0\" | tar -C \"$1\" --keep-directory-symlink -xpf -",
          deb.toString(),
          theirs.toString());
    }
    assertThat(listing(ours)).hasSizeGreaterThan(1000);
    assertThat(difference(listing(ours), listing(theirs))).isEmpty();
  }

  private static Set<String> difference(Set<String> some, Set<String> others) {
    Set<String> difference = new TreeSet<>(some);
    difference.addAll(others);
    difference.removeIf(line -> some.contains(line) && others.contains(line));
    return difference;
  }

  /** Name, type, mode, owner, links; of files also size, time and digest. */
  private static Set<String> listing(Path root) throws Exception {
    String lines =
        RealDebs.run(
            "sh",
            "-c",
            "cd \"$0\" && find . -type f -printf '%P %y %m %U:%G %s %T@ %l %n\\n'"
                + " && find . ! -type f -printf '%P %y %m %U:%G %l\\n'"
                + " && find . -type f -print0 | xargs -0 sha256sum",
            root.toString());
    return new TreeSet<>(lines.lines().toList());
  }

  private List<Path> ready(List<Path> debs) throws Exception {
    List<LockedPackage> locked = new ArrayList<>();
    for (Path deb : debs) {
      locked.add(RealDebs.locked(deb));
    }
    Cache cache = new Cache(directory.resolve("cache"));
    RecordingProgress progress = new RecordingProgress();
    ReadyPackages packages =
        new ReadyPackages(
            cache, new Fetcher(cache, progress, Map.of()), KnownFamilies.DEBIAN.packages());
    return packages
        .readyAll(
            locked,
            one ->
                new Download(
                    one.name(),
                    one.digest(),
                    OptionalLong.of(one.size()),
                    List.of(debs.get(locked.indexOf(one)).toUri())))
        .stream()
        .map(ReadyPackage::file)
        .toList();
  }
}
