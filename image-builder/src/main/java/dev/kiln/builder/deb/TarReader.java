package dev.kiln.builder.deb;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads a tar archive in the dialect that dpkg reads: ustar, and GNU's long names. Everything else
 * (PAX, sparse files, devices) is refused, so no other program can see other files in it.
 */
final class TarReader {
  private static final int MAX_NAME = 4096;

  private final InputStream in;
  private LimitedStream content;
  private int padding;

  TarReader(InputStream in) {
    this.in = in;
    this.content = new LimitedStream(in, 0);
  }

  /** The next entry, or empty at the archive's end, after which only zeros may follow. */
  Optional<TarEntry> next() throws IOException {
    skipContent();
    Optional<String> longName = Optional.empty();
    Optional<String> longLink = Optional.empty();
    while (true) {
      byte[] block = block();
      if (isZero(block)) {
        if (longName.isPresent() || longLink.isPresent()) {
          throw new HostileDeb("it ends after a long name");
        }
        requireZerosToEnd();
        return Optional.empty();
      }
      TarHeader header = new TarHeader(block);
      switch (header.flag()) {
        case 'L' -> longName = Optional.of(longText(header));
        case 'K' -> longLink = Optional.of(longText(header));
        default -> {
          return Optional.of(begin(header, longName, longLink));
        }
      }
    }
  }

  /** What the entry holds. */
  InputStream content() {
    return content;
  }

  private TarEntry begin(TarHeader header, Optional<String> longName, Optional<String> longLink)
      throws HostileDeb {
    TarEntry entry = header.entry(type(header.flag()));
    entry = entry.withNames(longName.orElse(entry.name()), longLink.orElse(entry.linkName()));
    if (entry.type() != EntryType.FILE && entry.size() != 0) {
      throw new HostileDeb(
          "the entry " + EntryName.shown(entry.name()) + " holds bytes, but is no file");
    }
    open(entry.size());
    return entry;
  }

  private static EntryType type(char flag) throws HostileDeb {
    return switch (flag) {
      case '0', '\0' -> EntryType.FILE;
      case '1' -> EntryType.HARD_LINK;
      case '2' -> EntryType.SYMBOLIC_LINK;
      case '5' -> EntryType.DIRECTORY;
      case '3', '4', '6' -> throw new HostileDeb("it holds a device or a named pipe");
      case 'x', 'g' -> throw new HostileDeb("it holds a PAX header, which dpkg does not read");
      default -> throw new HostileDeb("it holds an entry of a kind that dpkg does not read");
    };
  }

  private String longText(TarHeader header) throws IOException {
    if (header.size() > MAX_NAME + 1) {
      throw new HostileDeb("a name has more than " + MAX_NAME + " bytes");
    }
    open(header.size());
    String text = new String(content.readAllBytes(), StandardCharsets.ISO_8859_1);
    skipContent();
    // dpkg takes the text up to its first NUL, wherever that is: there must be one, at the end.
    if (text.indexOf('\0') != text.length() - 1 || text.length() < 2) {
      throw new HostileDeb("a long name does not end as it should");
    }
    return text.substring(0, text.length() - 1);
  }

  private void open(long size) {
    content = new LimitedStream(in, size);
    padding = (int) (-size & (TarHeader.SIZE - 1));
  }

  private void skipContent() throws IOException {
    content.skipRest();
    if (in.readNBytes(padding).length < padding) {
      throw new HostileDeb("it is cut off");
    }
    padding = 0;
  }

  private byte[] block() throws IOException {
    byte[] block = in.readNBytes(TarHeader.SIZE);
    if (block.length < TarHeader.SIZE) {
      throw new HostileDeb("it is cut off before its end");
    }
    return block;
  }

  private void requireZerosToEnd() throws IOException {
    byte[] buffer = new byte[1 << 13];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      for (int i = 0; i < n; i++) {
        if (buffer[i] != 0) {
          throw new HostileDeb("something follows the end of an archive in it");
        }
      }
    }
  }

  private static boolean isZero(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }
}
