package dev.kiln.builder.deb;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads an ar archive in the one dialect that dpkg reads (deb(5), ar(5)): short names, decimal
 * sizes, no symbol table. What another reader could take differently is refused.
 */
final class ArReader {
  private static final byte[] MAGIC = "!<arch>\n".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER = 60;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._+-]{1,15}/?");
  private static final Pattern SIZE = Pattern.compile("\\d{1,10}");

  private final InputStream in;
  private LimitedStream member;
  private boolean odd;

  /** Reads the archive's magic. */
  ArReader(InputStream in) throws IOException {
    this.in = in;
    this.member = new LimitedStream(in, 0);
    if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
      throw new HostileDeb("it is no ar archive, as every .deb is");
    }
  }

  /** The next member, or empty at the archive's end. The one before must have been read. */
  Optional<ArMember> next() throws IOException {
    member.requireEnd();
    if (odd && in.read() < 0) {
      throw new HostileDeb("it ends before the padding of a member");
    }
    byte[] header = in.readNBytes(HEADER);
    if (header.length == 0) {
      return Optional.empty();
    }
    if (header.length < HEADER) {
      throw new HostileDeb("it ends within the header of a member, or something follows its end");
    }
    String name = field(header, 0, 16);
    String size = field(header, 48, 58);
    if (header[58] != '`' || header[59] != '\n') {
      throw new HostileDeb("a member's header is damaged, or something follows the last member");
    }
    if (!NAME.matcher(name).matches() || !SIZE.matcher(size).matches()) {
      throw new HostileDeb("a member has a name or a size that no .deb has");
    }
    long bytes = Long.parseLong(size);
    odd = bytes % 2 == 1;
    member = new LimitedStream(in, bytes);
    String plain = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    return Optional.of(new ArMember(plain, bytes, member));
  }

  private static String field(byte[] header, int from, int to) {
    return new String(header, from, to - from, StandardCharsets.ISO_8859_1).stripTrailing();
  }
}
