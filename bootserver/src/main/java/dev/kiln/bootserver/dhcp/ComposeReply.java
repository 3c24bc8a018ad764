package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.boot.BootPlan;
import dev.kiln.bootserver.dhcp.codec.DhcpHeader;
import dev.kiln.bootserver.dhcp.codec.DhcpOption;
import dev.kiln.bootserver.dhcp.codec.DhcpOptions;
import dev.kiln.bootserver.dhcp.codec.DhcpPacket;
import dev.kiln.bootserver.dhcp.codec.MessageType;
import dev.kiln.bootserver.lease.AddressPool;
import dev.kiln.bootserver.lease.LeaseTime;
import dev.kiln.bootserver.lease.Reservation;
import dev.kiln.bootserver.lease.Subnet;
import dev.kiln.bootserver.net.Ipv4Address;

/** Writes replies: the fields of RFC 2131 table 3, and the options that were asked for. */
final class ComposeReply {
  private final Subnet subnet;
  private final LeaseTime leaseTime;
  private final AddressPool pool;
  private final BootOptions boot;

  ComposeReply(DhcpParts parts) {
    this.subnet = parts.settings().subnet();
    this.leaseTime = parts.settings().leaseTime();
    this.pool = parts.pool();
    this.boot = new BootOptions(subnet.server(), parts.addresses());
  }

  DhcpPacket offer(Query query, Ipv4Address address, BootPlan plan) {
    return lease(MessageType.OFFER, query, address, plan);
  }

  DhcpPacket acknowledge(Query query, Ipv4Address address, BootPlan plan) {
    DhcpPacket reply = lease(MessageType.ACK, query, address, plan);
    Ipv4Address used = query.packet().header().ciaddr();
    return new DhcpPacket(reply.header().withCiaddr(used), MessageType.ACK, reply.options());
  }

  /** The answer to DHCPINFORM: everything but an address and its times (RFC 2131 §4.3.5). */
  DhcpPacket inform(Query query, BootPlan plan) {
    DhcpHeader request = query.packet().header();
    DhcpHeader header = DhcpHeader.replyTo(request).withCiaddr(request.ciaddr());
    DhcpOptions.Builder options = start(MessageType.ACK);
    addNetwork(query, options);
    return complete(new DhcpPacket(header, MessageType.ACK, options.build()), query, plan);
  }

  /**
   * A refusal.
   *
   * @param why for people (option 56)
   */
  DhcpPacket refuse(DhcpPacket request, String why) {
    // RFC 2131 §4.3.2: the client may have no usable address, so a relay must broadcast a NAK.
    DhcpHeader plain = DhcpHeader.replyTo(request.header());
    DhcpHeader header = request.relayed() ? plain.withBroadcast() : plain;
    DhcpOptions.Builder options = start(MessageType.NAK).put(DhcpOption.MESSAGE, why);
    returnToClient(request, options);
    returnToRelay(request, options);
    return new DhcpPacket(header, MessageType.NAK, options.build());
  }

  private DhcpPacket lease(MessageType type, Query query, Ipv4Address address, BootPlan plan) {
    DhcpPacket request = query.packet();
    long seconds = leaseTime.seconds();
    DhcpOptions.Builder options = start(type).putInt(DhcpOption.LEASE_TIME, seconds);
    // RFC 2131 §4.4.5: half, and seven eighths.
    ifAsked(request, DhcpOption.RENEWAL_TIME, it -> options.putInt(it, seconds / 2));
    ifAsked(request, DhcpOption.REBINDING_TIME, it -> options.putInt(it, seconds * 7 / 8));
    addNetwork(query, options);
    DhcpHeader header = DhcpHeader.replyTo(request.header()).withYiaddr(address);
    return complete(new DhcpPacket(header, type, options.build()), query, plan);
  }

  private DhcpOptions.Builder start(MessageType type) {
    return new DhcpOptions.Builder()
        .put(DhcpOption.MESSAGE_TYPE, (byte) type.code())
        .put(DhcpOption.SERVER_IDENTIFIER, subnet.server());
  }

  /**
   * Adds what ends every reply: what the client gets back, what it boots, and last what the relay
   * gets back (RFC 3046 §2.1).
   */
  private DhcpPacket complete(DhcpPacket begun, Query query, BootPlan plan) {
    DhcpOptions.Builder options = DhcpOptions.Builder.of(begun.options());
    returnToClient(query.packet(), options);
    DhcpHeader booting = boot.add(plan, query.packet(), begun.header(), options);
    returnToRelay(query.packet(), options);
    return new DhcpPacket(booting, begun.type(), options.build());
  }

  private void addNetwork(Query query, DhcpOptions.Builder options) {
    DhcpPacket request = query.packet();
    ifAsked(request, DhcpOption.SUBNET_MASK, it -> options.put(it, subnet.network().mask()));
    ifAsked(
        request, DhcpOption.BROADCAST_ADDRESS, it -> options.put(it, subnet.network().broadcast()));
    subnet
        .router()
        .ifPresent(router -> ifAsked(request, DhcpOption.ROUTER, it -> options.put(it, router)));
    if (!subnet.dns().isEmpty()) {
      ifAsked(request, DhcpOption.DOMAIN_NAME_SERVER, it -> options.put(it, subnet.dns()));
    }
    subnet
        .domain()
        .ifPresent(name -> ifAsked(request, DhcpOption.DOMAIN_NAME, it -> options.put(it, name)));
    pool.reservation(query.client())
        .flatMap(Reservation::hostName)
        .ifPresent(
            name -> ifAsked(request, DhcpOption.HOST_NAME, it -> options.put(it, name.label())));
  }

  /** A client without a list gets what every client can use (RFC 2131 §4.3.1). */
  private static void ifAsked(
      DhcpPacket request, DhcpOption option, java.util.function.Consumer<DhcpOption> put) {
    if (request.options().asksFor(option)
        || !request.options().has(DhcpOption.PARAMETER_REQUEST_LIST)) {
      put.accept(option);
    }
  }

  /** RFC 6842. */
  private static void returnToClient(DhcpPacket request, DhcpOptions.Builder options) {
    giveBack(DhcpOption.CLIENT_IDENTIFIER, request, options);
  }

  /** RFC 3046 §2.2. */
  private static void returnToRelay(DhcpPacket request, DhcpOptions.Builder options) {
    giveBack(DhcpOption.RELAY_AGENT_INFORMATION, request, options);
  }

  private static void giveBack(DhcpOption option, DhcpPacket request, DhcpOptions.Builder options) {
    request.options().octets(option).ifPresent(octets -> options.put(option, octets));
  }
}
