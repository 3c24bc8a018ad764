package dev.kiln.builder.deb;

import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import dev.kiln.lock.LockedPackage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Reads a package once, from its first byte to its last: hashes it, unpacks its members, checks
 * every entry and hands the unpacked members on. Nothing it handed on may be used before it
 * returned.
 */
final class DebReader {
  private static final int BUFFER = 1 << 16;
  private static final int MAX_VERSION_FILE = 64;

  private final LockedPackage expected;
  private final Limits limits;

  DebReader(LockedPackage expected, Limits limits) {
    this.expected = expected;
    this.limits = limits;
  }

  /** Reads, checks, and hands on; a package that is refused is an input error. */
  void read(Path deb, Members members) throws IOException {
    MessageDigest hash = Digest.newMessageDigest();
    try (InputStream file = new DigestInputStream(Files.newInputStream(deb), hash)) {
      try {
        readMembers(new ArReader(new BufferedInputStream(file, BUFFER)), members);
      } catch (HostileDeb e) {
        file.transferTo(OutputStream.nullOutputStream());
        requireDigest(deb, Digest.finish(hash));
        throw refused(e.words(), e);
      }
      requireDigest(deb, Digest.finish(hash));
    }
  }

  private void readMembers(ArReader ar, Members members) throws IOException {
    readVersion(next(ar), members);
    readControl(next(ar), members);
    readData(next(ar), members);
    if (following(ar).isPresent()) {
      throw new HostileDeb("something follows its data member");
    }
  }

  /** The format's version: 2, and any minor version (deb(5)). */
  private static void readVersion(ArMember member, Members members) throws IOException {
    if (!member.name().equals("debian-binary") || member.size() > MAX_VERSION_FILE) {
      throw new HostileDeb("its first member is not debian-binary");
    }
    byte[] version = member.bytes().readAllBytes();
    if (!new String(version, StandardCharsets.US_ASCII).matches("2\\.\\d{1,3}\n")) {
      throw new HostileDeb("its format is not 2.0");
    }
    try (OutputStream copy = members.begin("debian-binary")) {
      copy.write(version);
    }
  }

  private void readControl(ArMember member, Members members) throws IOException {
    try (OutputStream copy = members.begin("control.tar");
        InputStream unpacked = unpack(member, "control.tar", copy)) {
      requireIdentity(ControlTar.read(unpacked));
    }
    member.bytes().requireEnd();
  }

  /** Refuses a package that calls itself something else than the lock does. */
  private void requireIdentity(ControlParagraph control) throws HostileDeb {
    requireName(control.field("Package").orElse(""));
    requireField(control, "Version", expected.version());
    requireField(control, "Architecture", expected.architecture());
  }

  /** As dpkg takes it, a name means the same in upper case. */
  private void requireName(String found) throws HostileDeb {
    if (!found.equalsIgnoreCase(expected.name())) {
      throw other("Package", found, expected.name());
    }
  }

  private static void requireField(ControlParagraph control, String field, String locked)
      throws HostileDeb {
    String found = control.field(field).orElse("");
    if (!found.equals(locked)) {
      throw other(field, found, locked);
    }
  }

  private static HostileDeb other(String field, String found, String locked) {
    return new HostileDeb(
        "its " + field + " is '" + EntryName.shown(found) + "', the lock says '" + locked + "'");
  }

  private void readData(ArMember member, Members members) throws IOException {
    try (OutputStream copy = members.begin("data.tar");
        InputStream unpacked = unpack(member, "data.tar", copy)) {
      TarReader tar = new TarReader(unpacked);
      FileTree tree = FileTree.ofOnePackage(limits);
      for (Optional<TarEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
        tree.add(next.get());
      }
    }
    member.bytes().requireEnd();
  }

  private InputStream unpack(ArMember member, String base, OutputStream copy) throws IOException {
    Compression compression = Compression.of(member.name(), base);
    long limit = limits.unpackedBytes(member.size());
    return new BufferedInputStream(
        new UnpackedStream(compression.open(member.bytes()), limit, copy), BUFFER);
  }

  private static ArMember next(ArReader ar) throws IOException {
    return following(ar).orElseThrow(() -> new HostileDeb("it ends before its data member"));
  }

  /** Members whose names begin with an underscore are for others, such as signatures (deb(5)). */
  private static Optional<ArMember> following(ArReader ar) throws IOException {
    Optional<ArMember> member = ar.next();
    while (member.isPresent() && member.get().name().startsWith("_")) {
      member.get().bytes().transferTo(OutputStream.nullOutputStream());
      member = ar.next();
    }
    return member;
  }

  private void requireDigest(Path deb, Digest found) {
    if (!found.equals(expected.digest())) {
      throw KilnException.input(
          "the file "
              + deb
              + " of "
              + words()
              + " is "
              + found
              + ", the lock says "
              + expected.digest(),
          "Remove the file and run it again");
    }
  }

  private KilnException refused(String why, Throwable cause) {
    return new KilnException(
        KilnException.Kind.INPUT,
        "the package " + words() + " (" + expected.path() + ") is refused: " + why,
        "Its digest is the lock's, so it was made like this: do not use it, and lock another"
            + " version",
        cause);
  }

  private String words() {
    return expected.name() + " " + expected.version();
  }

  /** Where unpacked members go. */
  interface Members {
    /** Called for each member in its order; the stream is closed before the next one begins. */
    OutputStream begin(String name) throws IOException;
  }
}
