package dev.kiln.bootserver.dhcp.codec;

import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.MacAddress;

/**
 * The fixed fields of a DHCP packet under their names in RFC 2131 §2; the hardware is Ethernet.
 *
 * @param reply whether a server sends it (op 2) or a client (op 1)
 * @param hops relays on the way
 * @param xid the client's number for this exchange
 * @param secs how long the client has been trying, in seconds
 * @param broadcast the B flag: the client cannot take a unicast yet
 * @param ciaddr the client's address, where it already uses one
 * @param yiaddr the address it is given
 * @param siaddr the server for the next step of its boot
 * @param giaddr the relay, where there is one
 * @param chaddr the client's hardware address
 * @param sname the boot server's name, at most 63 characters
 * @param file the boot file, at most 127 characters
 */
public record DhcpHeader(
    boolean reply,
    int hops,
    int xid,
    int secs,
    boolean broadcast,
    Ipv4Address ciaddr,
    Ipv4Address yiaddr,
    Ipv4Address siaddr,
    Ipv4Address giaddr,
    MacAddress chaddr,
    String sname,
    String file) {

  /** What RFC 2131 §4.3.1, table 3, says that every reply takes over from its request. */
  public static DhcpHeader replyTo(DhcpHeader request) {
    return new DhcpHeader(
        true,
        0,
        request.xid,
        0,
        request.broadcast,
        Ipv4Address.NONE,
        Ipv4Address.NONE,
        Ipv4Address.NONE,
        request.giaddr,
        request.chaddr,
        "",
        "");
  }

  public DhcpHeader withCiaddr(Ipv4Address address) {
    return new DhcpHeader(
        reply, hops, xid, secs, broadcast, address, yiaddr, siaddr, giaddr, chaddr, sname, file);
  }

  public DhcpHeader withYiaddr(Ipv4Address address) {
    return new DhcpHeader(
        reply, hops, xid, secs, broadcast, ciaddr, address, siaddr, giaddr, chaddr, sname, file);
  }

  public DhcpHeader withBroadcast() {
    return new DhcpHeader(
        reply, hops, xid, secs, true, ciaddr, yiaddr, siaddr, giaddr, chaddr, sname, file);
  }

  public DhcpHeader withBoot(Ipv4Address next, String name, String bootFile) {
    return new DhcpHeader(
        reply, hops, xid, secs, broadcast, ciaddr, yiaddr, next, giaddr, chaddr, name, bootFile);
  }
}
