package dev.kiln.bootserver.dhcp.codec;

import dev.kiln.bootserver.net.MacAddress;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes DHCP packets (RFC 2131 §2, RFC 2132, RFC 3396). */
public final class DhcpEncoder {
  /** RFC 1542 §2.1: some relays and clients drop a BOOTP packet that is shorter. */
  private static final int LEAST_LENGTH = 300;

  private static final int MAX_VALUE = 255;

  private DhcpEncoder() {}

  public static byte[] encode(DhcpPacket packet) {
    byte[] options = options(packet.options());
    int length = 236 + Integer.BYTES + options.length + 1;
    ByteBuffer out = ByteBuffer.allocate(Math.max(length, LEAST_LENGTH));
    DhcpHeader header = packet.header();
    out.put((byte) (header.reply() ? 2 : 1)).put((byte) 1).put((byte) MacAddress.LENGTH);
    out.put((byte) header.hops()).putInt(header.xid()).putShort((short) header.secs());
    out.putShort((short) (header.broadcast() ? 0x8000 : 0));
    out.putInt(header.ciaddr().bits()).putInt(header.yiaddr().bits());
    out.putInt(header.siaddr().bits()).putInt(header.giaddr().bits());
    out.put(header.chaddr().octets()).put(new byte[10]);
    putText(out, header.sname(), DhcpDecoder.SNAME_LENGTH);
    putText(out, header.file(), DhcpDecoder.FILE_LENGTH);
    out.putInt(DhcpDecoder.MAGIC_COOKIE).put(options).put((byte) DhcpDecoder.END);
    return out.array();
  }

  private static byte[] options(DhcpOptions options) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    options.forEach((code, octets) -> putOption(out, code, octets));
    return out.toByteArray();
  }

  /** RFC 3396 §6: a value of more than 255 octets is split over several options of one code. */
  private static void putOption(ByteArrayOutputStream out, int code, byte[] octets) {
    int at = 0;
    do {
      int length = Math.min(MAX_VALUE, octets.length - at);
      out.write(code);
      out.write(length);
      out.write(octets, at, length);
      at += length;
    } while (at < octets.length);
    if (code == DhcpOption.BOOT_FILE_NAME.code()) {
      // UEFI firmware (edk2) writes a NUL behind the name, and old boot ROMs take the octet there
      // for a part of it: a Pad is lost to the one and ends the name for the other.
      out.write(DhcpDecoder.PAD);
    }
  }

  private static void putText(ByteBuffer out, String text, int length) {
    byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
    if (octets.length >= length) {
      throw new IllegalArgumentException("'" + text + "' leaves no room for its final NUL");
    }
    out.put(octets).put(new byte[length - octets.length]);
  }
}
