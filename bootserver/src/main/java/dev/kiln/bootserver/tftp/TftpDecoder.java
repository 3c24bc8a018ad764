package dev.kiln.bootserver.tftp;

import dev.kiln.bootserver.net.MalformedPacketException;
import dev.kiln.bootserver.tftp.TftpPacket.Acknowledgement;
import dev.kiln.bootserver.tftp.TftpPacket.Failure;
import dev.kiln.bootserver.tftp.TftpPacket.ReadRequest;
import dev.kiln.bootserver.tftp.TftpPacket.WriteRequest;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Reads TFTP packets (RFC 1350 §5, RFC 2347) from octets that nobody vouches for. */
final class TftpDecoder {
  /** RFC 2347: a request with its options has at most 512 octets. No other packet is longer. */
  static final int MAX_PACKET = 512;

  private static final int MAX_FILE = 255;
  private static final int MAX_OPTIONS = 16;

  private TftpDecoder() {}

  static TftpPacket decode(ByteBuffer packet) throws MalformedPacketException {
    refuseUnless(packet.remaining() >= 4, "too-short");
    refuseUnless(packet.remaining() <= MAX_PACKET, "too-long");
    int opcode = packet.getShort();
    return switch (opcode) {
      case 1 -> new ReadRequest(fileName(packet), mode(packet), options(packet));
      case 2 -> new WriteRequest(fileName(packet));
      case 4 -> new Acknowledgement(packet.getShort() & 0xffff);
      // The message is for people; firmware leaves its NUL out.
      case 5 -> new Failure(packet.getShort() & 0xffff, textToNulOrEnd(packet));
      default -> throw new MalformedPacketException("opcode");
    };
  }

  private static String fileName(ByteBuffer packet) throws MalformedPacketException {
    String name = text(packet);
    refuseUnless(!name.isEmpty() && name.length() <= MAX_FILE, "file-name");
    return name;
  }

  private static String mode(ByteBuffer packet) throws MalformedPacketException {
    return text(packet).toLowerCase(Locale.ROOT);
  }

  private static Map<String, String> options(ByteBuffer packet) throws MalformedPacketException {
    Map<String, String> options = new LinkedHashMap<>();
    while (packet.hasRemaining()) {
      String name = text(packet).toLowerCase(Locale.ROOT);
      if (name.isEmpty()) {
        // Some boot ROMs fill their request up with NULs.
        return options;
      }
      // RFC 2347: an option stands at most once; of more than one the first counts.
      options.putIfAbsent(name, text(packet));
      refuseUnless(options.size() <= MAX_OPTIONS, "options");
    }
    return options;
  }

  private static String text(ByteBuffer packet) throws MalformedPacketException {
    String text = textToNulOrEnd(packet);
    refuseUnless(packet.get(packet.position() - 1) == 0, "text-cut");
    return text;
  }

  private static String textToNulOrEnd(ByteBuffer packet) throws MalformedPacketException {
    StringBuilder text = new StringBuilder();
    refuseUnless(packet.hasRemaining(), "text-cut");
    while (packet.hasRemaining()) {
      int octet = packet.get() & 0xff;
      if (octet == 0) {
        break;
      }
      text.append((char) octet);
    }
    return text.toString();
  }

  private static void refuseUnless(boolean right, String reason) throws MalformedPacketException {
    if (!right) {
      throw new MalformedPacketException(reason);
    }
  }
}
