package dev.kiln.builder.deb;

import dev.kiln.failure.KilnException;
import dev.kiln.lock.LockedPackage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A .deb whose members were checked and are not compressed. dpkg unpacks it in half the time, and
 * sees the same files, metadata and control files as in the original.
 */
public final class ReadyDeb {
  private ReadyDeb() {}

  /**
   * Reads a package as hostile input, and writes it anew.
   *
   * @param target is not there yet
   * @throws KilnException of kind INPUT that says what is wrong with it
   */
  public static void make(LockedPackage expected, Path deb, Path target) throws IOException {
    try (ArWriter writer = new ArWriter(target)) {
      new DebReader(expected, Limits.USUAL).read(deb, writer);
    }
  }

  /** Its control file. */
  public static ControlParagraph control(Path file) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      TarReader tar = member(in, "control.tar");
      for (Optional<TarEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
        if (EntryName.plain(next.get().name(), true).equals("control")) {
          String text = new String(tar.content().readAllBytes(), StandardCharsets.UTF_8);
          return ControlFile.parseOne(file.toString(), text);
        }
      }
      throw new HostileDeb("it has no control file");
    } catch (IOException e) {
      throw KilnException.io("read " + file, e);
    }
  }

  /** The entries of what it installs. */
  static TarReader data(InputStream file) throws IOException {
    return member(file, "data.tar");
  }

  private static TarReader member(InputStream file, String name) throws IOException {
    ArReader ar = new ArReader(file);
    for (Optional<ArMember> next = ar.next(); next.isPresent(); next = ar.next()) {
      if (next.get().name().equals(name)) {
        return new TarReader(next.get().bytes());
      }
      next.get().bytes().skipRest();
    }
    throw new HostileDeb("it has no uncompressed member " + name);
  }
}
