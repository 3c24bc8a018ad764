package dev.kiln.builder.deb;

import dev.kiln.failure.KilnException;
import dev.kiln.lock.LockedPackage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** A package file, judged before anything is done with it. */
final class DebArchive {
  private DebArchive() {}

  /**
   * Reads the whole file and checks it: its digest, its format, its name in its own words, and that
   * nothing in it reaches outside, or beyond any measure.
   *
   * @throws KilnException of kind INPUT that says what is wrong with it
   */
  static void check(Path deb, LockedPackage expected) {
    try {
      new DebReader(expected, Limits.USUAL).read(deb, name -> OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw KilnException.io("read " + deb, e);
    }
  }
}
