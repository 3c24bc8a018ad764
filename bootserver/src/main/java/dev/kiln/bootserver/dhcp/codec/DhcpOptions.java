package dev.kiln.bootserver.dhcp.codec;

import dev.kiln.bootserver.net.Ipv4Address;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/**
 * The options of one packet in their order, each once; options with a fixed length have it. Codes
 * that {@link DhcpOption} does not know are kept as they are.
 */
public final class DhcpOptions {
  private final Map<Integer, byte[]> values;
  private final int leftOut;

  private DhcpOptions(Map<Integer, byte[]> values, int leftOut) {
    this.values = values;
    this.leftOut = leftOut;
  }

  /**
   * How many instances of options with a fixed length were left out because one had been read
   * before: RFC 3396 §4 joins what may be long, and such an option may not.
   */
  public int leftOut() {
    return leftOut;
  }

  public boolean has(DhcpOption option) {
    return values.containsKey(option.code());
  }

  public Optional<byte[]> octets(DhcpOption option) {
    return Optional.ofNullable(values.get(option.code())).map(byte[]::clone);
  }

  /** An unsigned number of 1 to 4 octets. */
  public Optional<Long> number(DhcpOption option) {
    return octets(option)
        .map(octets -> IntStream.range(0, octets.length).mapToLong(i -> octets[i] & 0xff))
        .map(stream -> stream.reduce(0, (number, octet) -> number << 8 | octet));
  }

  public Optional<Ipv4Address> address(DhcpOption option) {
    return octets(option).map(octets -> new Ipv4Address(ByteBuffer.wrap(octets).getInt()));
  }

  /** A text, without the NUL that some clients put at its end (RFC 2132 §2). */
  public Optional<String> text(DhcpOption option) {
    return Optional.ofNullable(values.get(option.code())).map(DhcpOptions::withoutNuls);
  }

  private static String withoutNuls(byte[] octets) {
    int end = octets.length;
    while (end > 0 && octets[end - 1] == 0) {
      end--;
    }
    return new String(octets, 0, end, StandardCharsets.ISO_8859_1);
  }

  /** A list of 16-bit codes; an odd octet at its end is left out. */
  public List<Integer> codes(DhcpOption option) {
    ByteBuffer octets = ByteBuffer.wrap(octets(option).orElse(new byte[0]));
    return IntStream.range(0, octets.remaining() / 2)
        .mapToObj(i -> octets.getShort(2 * i) & 0xffff)
        .toList();
  }

  /** Whether the client asked for an option; it asks for nothing without a list. */
  public boolean asksFor(DhcpOption wanted) {
    return octets(DhcpOption.PARAMETER_REQUEST_LIST)
        .map(list -> IntStream.range(0, list.length).map(i -> list[i] & 0xff))
        .map(codes -> codes.anyMatch(code -> code == wanted.code()))
        .orElse(false);
  }

  /** Each option in its order, by its code. */
  public void forEach(BiConsumer<Integer, byte[]> action) {
    values.forEach((code, octets) -> action.accept(code, octets.clone()));
  }

  /** Options as a packet has them. */
  static DhcpOptions read(Map<Integer, byte[]> values, int leftOut) {
    return new DhcpOptions(values, leftOut);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DhcpOptions that
        && List.copyOf(values.keySet()).equals(List.copyOf(that.values.keySet()))
        && values.keySet().stream()
            .allMatch(code -> Arrays.equals(values.get(code), that.values.get(code)));
  }

  @Override
  public int hashCode() {
    return values.keySet().hashCode();
  }

  @Override
  public String toString() {
    return "options " + values.keySet();
  }

  /** Gathers options in the order in which they are to be sent. */
  public static final class Builder {
    private final Map<Integer, byte[]> values = new LinkedHashMap<>();

    /** Goes on behind these options. */
    public static Builder of(DhcpOptions begun) {
      Builder builder = new Builder();
      builder.values.putAll(begun.values);
      return builder;
    }

    public Builder put(DhcpOption option, byte... octets) {
      if (!option.allows(octets.length)) {
        throw new IllegalArgumentException(option + " cannot have " + octets.length + " octets");
      }
      values.put(option.code(), octets.clone());
      return this;
    }

    public Builder put(DhcpOption option, Ipv4Address address) {
      return put(option, address.octets());
    }

    public Builder put(DhcpOption option, List<Ipv4Address> addresses) {
      ByteBuffer octets = ByteBuffer.allocate(addresses.size() * Ipv4Address.LENGTH);
      addresses.forEach(address -> octets.put(address.octets()));
      return put(option, octets.array());
    }

    public Builder put(DhcpOption option, String ascii) {
      return put(option, ascii.getBytes(StandardCharsets.US_ASCII));
    }

    /** A time in seconds, or another number of 32 bits. */
    public Builder putInt(DhcpOption option, long number) {
      return put(option, ByteBuffer.allocate(4).putInt((int) number).array());
    }

    public DhcpOptions build() {
      return new DhcpOptions(new LinkedHashMap<>(values), 0);
    }
  }
}
