package dev.kiln.bootserver.tftp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes the TFTP packets that a server sends (RFC 1350 §5, RFC 2347). */
final class TftpEncoder {
  private static final int DATA = 3;
  private static final int ERROR = 5;
  private static final int OACK = 6;

  private TftpEncoder() {}

  /** DATA; the block number is cut to 16 bits, so that it goes from 65535 to 0. */
  static ByteBuf data(ByteBufAllocator buffers, long block, ByteBuffer octets) {
    ByteBuf packet = buffers.directBuffer(4 + octets.remaining());
    return packet.writeShort(DATA).writeShort((int) block).writeBytes(octets);
  }

  static ByteBuf optionAcknowledgement(Map<String, String> options) {
    ByteBuf packet = Unpooled.buffer().writeShort(OACK);
    options.forEach(
        (name, value) -> {
          putText(packet, name);
          putText(packet, value);
        });
    return packet;
  }

  static ByteBuf error(TftpError error, String message) {
    ByteBuf packet = Unpooled.buffer().writeShort(ERROR).writeShort(error.code());
    putText(packet, message);
    return packet;
  }

  private static void putText(ByteBuf packet, String text) {
    packet.writeCharSequence(text, StandardCharsets.US_ASCII);
    packet.writeByte(0);
  }
}
