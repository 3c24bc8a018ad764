package dev.kiln.bootserver.dhcp.codec;

import dev.kiln.bootserver.net.MalformedPacketException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gathers the options of one packet from the fields that they lie in. Instances of one option are
 * one value (RFC 3396 §7), but for options with a fixed length: of those the first counts.
 */
final class ReadOptions {
  // Joined once, however many instances there are: a packet has room for two thousand.
  private final Map<Integer, ByteArrayOutputStream> values = new LinkedHashMap<>();
  private int leftOut;

  /** Takes the options of one field, to its End or its end: some old boot ROMs leave End out. */
  void readField(ByteBuffer field) throws MalformedPacketException {
    while (field.hasRemaining()) {
      int code = field.get() & 0xff;
      if (code == DhcpDecoder.END) {
        return;
      }
      if (code != DhcpDecoder.PAD) {
        take(code, field);
      }
    }
  }

  private void take(int code, ByteBuffer field) throws MalformedPacketException {
    int length = field.hasRemaining() ? field.get() & 0xff : Integer.MAX_VALUE;
    if (length > field.remaining()) {
      throw new MalformedPacketException("option-cut");
    }
    byte[] octets = new byte[length];
    field.get(octets);
    if (values.containsKey(code) && DhcpOption.ofCode(code).filter(DhcpOption::fixed).isPresent()) {
      leftOut++;
    } else {
      values.computeIfAbsent(code, first -> new ByteArrayOutputStream()).writeBytes(octets);
    }
  }

  /** What was gathered so far, where every option is as long as its definition allows. */
  DhcpOptions options() throws MalformedPacketException {
    Map<Integer, byte[]> joined = new LinkedHashMap<>();
    for (Map.Entry<Integer, ByteArrayOutputStream> entry : values.entrySet()) {
      byte[] octets = entry.getValue().toByteArray();
      if (DhcpOption.ofCode(entry.getKey()).filter(it -> !it.allows(octets.length)).isPresent()) {
        throw new MalformedPacketException("option-length");
      }
      joined.put(entry.getKey(), octets);
    }
    return DhcpOptions.read(joined, leftOut);
  }
}
