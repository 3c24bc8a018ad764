package dev.kiln.bootserver.dhcp.codec;

import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.MacAddress;
import dev.kiln.bootserver.net.MalformedPacketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads DHCP packets (RFC 2131 §2, RFC 2132, RFC 3396) from octets that nobody vouches for. */
public final class DhcpDecoder {
  /** Largest packet that is looked at; clients' are below 1500 octets. */
  public static final int MAX_PACKET = 4096;

  static final int MAGIC_COOKIE = 0x63825363;
  static final int SNAME_LENGTH = 64;
  public static final int FILE_LENGTH = 128;
  static final int PAD = 0;
  static final int END = 255;

  private static final int ETHERNET = 1;
  private static final int BROADCAST_FLAG = 0x8000;
  private static final int CHADDR_LENGTH = 16;
  private static final int FIXED_LENGTH = 236;
  private static final int OVERLOADS_FILE = 1;
  private static final int OVERLOADS_SNAME = 2;

  private DhcpDecoder() {}

  public static DhcpPacket decode(ByteBuffer packet) throws MalformedPacketException {
    refuseUnless(packet.remaining() <= MAX_PACKET, "too-long");
    refuseUnless(packet.remaining() >= FIXED_LENGTH + Integer.BYTES, "too-short");
    int op = packet.get();
    refuseUnless(op == 1 || op == 2, "op");
    refuseUnless(packet.get() == ETHERNET, "hardware-type");
    refuseUnless(packet.get() == MacAddress.LENGTH, "hardware-length");
    int hops = packet.get() & 0xff;
    int xid = packet.getInt();
    int secs = packet.getShort() & 0xffff;
    boolean broadcast = (packet.getShort() & BROADCAST_FLAG) != 0;
    Ipv4Address ciaddr = new Ipv4Address(packet.getInt());
    Ipv4Address yiaddr = new Ipv4Address(packet.getInt());
    Ipv4Address siaddr = new Ipv4Address(packet.getInt());
    Ipv4Address giaddr = new Ipv4Address(packet.getInt());
    MacAddress chaddr = hardwareAddress(take(packet, CHADDR_LENGTH));
    ByteBuffer sname = take(packet, SNAME_LENGTH);
    ByteBuffer file = take(packet, FILE_LENGTH);
    refuseUnless(packet.getInt() == MAGIC_COOKIE, "cookie");

    ReadOptions gathered = new ReadOptions();
    int overload = readOptions(packet, file, sname, gathered);
    DhcpOptions options = gathered.options();
    DhcpHeader header =
        new DhcpHeader(
            op == 2,
            hops,
            xid,
            secs,
            broadcast,
            ciaddr,
            yiaddr,
            siaddr,
            giaddr,
            chaddr,
            (overload & OVERLOADS_SNAME) != 0 ? "" : text(sname),
            (overload & OVERLOADS_FILE) != 0 ? "" : text(file));
    return new DhcpPacket(header, messageType(options), options);
  }

  /** Returns what the Overload option says of the two fields (RFC 2132 §9.3); 0 where it is not. */
  private static int readOptions(
      ByteBuffer packet, ByteBuffer file, ByteBuffer sname, ReadOptions gathered)
      throws MalformedPacketException {
    gathered.readField(packet);
    int overload = overload(gathered.options());
    // RFC 3396 §5: first the options field, then file, then sname.
    if ((overload & OVERLOADS_FILE) != 0) {
      gathered.readField(file);
    }
    if ((overload & OVERLOADS_SNAME) != 0) {
      gathered.readField(sname);
    }
    return overload;
  }

  private static MacAddress hardwareAddress(ByteBuffer chaddr) throws MalformedPacketException {
    byte[] octets = new byte[MacAddress.LENGTH];
    chaddr.get(octets);
    try {
      return MacAddress.of(octets);
    } catch (IllegalArgumentException e) {
      throw new MalformedPacketException("hardware-address");
    }
  }

  private static int overload(DhcpOptions options) throws MalformedPacketException {
    long overload = options.number(DhcpOption.OVERLOAD).orElse(0L);
    refuseUnless(!options.has(DhcpOption.OVERLOAD) || (overload >= 1 && overload <= 3), "overload");
    return (int) overload;
  }

  private static MessageType messageType(DhcpOptions options) throws MalformedPacketException {
    // Without option 53 it is BOOTP (RFC 951), which is not served.
    return options
        .number(DhcpOption.MESSAGE_TYPE)
        .flatMap(code -> MessageType.ofCode(code.intValue()))
        .orElseThrow(() -> new MalformedPacketException("message-type"));
  }

  private static ByteBuffer take(ByteBuffer packet, int length) {
    ByteBuffer field = packet.slice(packet.position(), length);
    packet.position(packet.position() + length);
    return field;
  }

  private static String text(ByteBuffer field) {
    String all = StandardCharsets.ISO_8859_1.decode(field.duplicate()).toString();
    int end = all.indexOf('\0');
    return end < 0 ? all.substring(0, all.length() - 1) : all.substring(0, end);
  }

  private static void refuseUnless(boolean right, String reason) throws MalformedPacketException {
    if (!right) {
      throw new MalformedPacketException(reason);
    }
  }
}
