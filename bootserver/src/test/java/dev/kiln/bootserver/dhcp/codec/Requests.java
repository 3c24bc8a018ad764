package dev.kiln.bootserver.dhcp.codec;

import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.MacAddress;

/** Requests as clients send them, to start a test with. */
public final class Requests {
  public static final MacAddress ANNA = MacAddress.parse("52:54:00:00:00:0a");
  public static final MacAddress BERT = MacAddress.parse("52:54:00:00:00:0b");

  private DhcpHeader header;
  private final MessageType type;
  private final DhcpOptions.Builder options = new DhcpOptions.Builder();

  private Requests(MessageType type, MacAddress client) {
    Ipv4Address none = Ipv4Address.NONE;
    this.header =
        new DhcpHeader(false, 0, 0x1234abcd, 4, false, none, none, none, none, client, "", "");
    this.type = type;
    options.put(DhcpOption.MESSAGE_TYPE, (byte) type.code());
  }

  public static Requests request(MessageType type, MacAddress client) {
    return new Requests(type, client);
  }

  public static Requests discover(MacAddress client) {
    return request(MessageType.DISCOVER, client);
  }

  public Requests with(DhcpOption option, byte... octets) {
    options.put(option, octets);
    return this;
  }

  public Requests with(DhcpOption option, String text) {
    options.put(option, text);
    return this;
  }

  public Requests with(DhcpOption option, Ipv4Address address) {
    options.put(option, address);
    return this;
  }

  public Requests using(Ipv4Address ciaddr) {
    header = header.withCiaddr(ciaddr);
    return this;
  }

  public Requests asking(DhcpOption... wanted) {
    byte[] list = new byte[wanted.length];
    for (int i = 0; i < wanted.length; i++) {
      list[i] = (byte) wanted[i].code();
    }
    return with(DhcpOption.PARAMETER_REQUEST_LIST, list);
  }

  public Requests relayedBy(Ipv4Address relay) {
    header =
        new DhcpHeader(
            false,
            1,
            header.xid(),
            header.secs(),
            header.broadcast(),
            header.ciaddr(),
            header.yiaddr(),
            header.siaddr(),
            relay,
            header.chaddr(),
            "",
            "");
    return this;
  }

  /** Firmware or iPXE of an architecture, with what it sends. */
  public Requests pxe(String vendorClass, int... architectures) {
    byte[] codes = new byte[2 * architectures.length];
    for (int i = 0; i < architectures.length; i++) {
      codes[2 * i] = (byte) (architectures[i] >> 8);
      codes[2 * i + 1] = (byte) architectures[i];
    }
    return with(DhcpOption.VENDOR_CLASS, vendorClass).with(DhcpOption.CLIENT_ARCHITECTURE, codes);
  }

  public DhcpPacket packet() {
    return new DhcpPacket(header, type, options.build());
  }
}
