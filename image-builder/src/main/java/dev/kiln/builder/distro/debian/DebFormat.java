package dev.kiln.builder.distro.debian;

import dev.kiln.builder.deb.BootstrapTar;
import dev.kiln.builder.deb.MergedUsr;
import dev.kiln.builder.deb.PackageTimes;
import dev.kiln.builder.deb.ReadyDeb;
import dev.kiln.builder.distro.debian.index.PackageClosure;
import dev.kiln.builder.distro.debian.index.PackageRelations;
import dev.kiln.builder.packages.PackageFormat;
import dev.kiln.builder.packages.PathTimes;
import dev.kiln.builder.packages.ReadyPackage;
import dev.kiln.lock.LockedPackage;
import dev.kiln.lock.LockedSet;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** Debian's package files. */
final class DebFormat implements PackageFormat {
  @Override
  public String suffix() {
    return "deb";
  }

  @Override
  public void makeReady(LockedPackage expected, Path file, Path target) throws IOException {
    ReadyDeb.make(expected, file, target);
  }

  @Override
  public void writeFiles(List<ReadyPackage> packages, String architecture, OutputStream tar) {
    new BootstrapTar(MergedUsr.of(architecture)).write(files(packages), tar);
  }

  @Override
  public PathTimes times(List<ReadyPackage> packages, String architecture) {
    Map<String, Path> files = new LinkedHashMap<>();
    packages.forEach(each -> files.put(each.locked().name(), each.file()));
    PackageTimes times = PackageTimes.of(files, MergedUsr.of(architecture));
    return new PathTimes(times.newest(), times.byPath(), times.bringers());
  }

  @Override
  public Function<String, SortedSet<String>> needs(LockedSet set) {
    PackageClosure closure =
        new PackageClosure(
            set.packages().stream()
                .map(each -> PackageRelations.of(each, set.architecture()))
                .toList());
    return name -> closure.of(Stream.of(name));
  }

  private static List<Path> files(List<ReadyPackage> packages) {
    return packages.stream().map(ReadyPackage::file).toList();
  }
}
