package dev.kiln.builder.packages;

import dev.kiln.lock.LockedPackage;
import dev.kiln.lock.LockedSet;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Function;

/** The package files of one family. */
public interface PackageFormat {
  /** Of its files' names, such as {@code deb}: cache entries of ready packages are called by it. */
  String suffix();

  /**
   * Reads a package as hostile input, and writes it as its tool installs it fastest: the same
   * files, metadata and scripts.
   *
   * @param target is not there yet
   * @throws dev.kiln.failure.KilnException of kind INPUT that says what is wrong with it
   */
  void makeReady(LockedPackage expected, Path file, Path target) throws IOException;

  /**
   * Writes what packages install as one tar, as far as that needs no script: a root with its links,
   * in which programs run.
   *
   * @param architecture of the root, by Kiln's name of it
   */
  void writeFiles(List<ReadyPackage> packages, String architecture, OutputStream tar);

  /** The times that packages give their files. */
  PathTimes times(List<ReadyPackage> packages, String architecture);

  /**
   * What of a locked set a package needs to run, itself included, by the set's own relations;
   * nothing of it need be there. None where the set does not have the package.
   *
   * @return by the name of a package
   */
  Function<String, SortedSet<String>> needs(LockedSet set);
}
