package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.net.Ipv4Address;
import java.util.Optional;

/** Writes replies: the fields of RFC 2131 table 3, and the options that were asked for. */
final class ComposeReply {
  private final DhcpSettings settings;

  ComposeReply(DhcpSettings settings) {
    this.settings = settings;
  }

  DhcpPacket offer(DhcpPacket request, Ipv4Address address) {
    return lease(MessageType.OFFER, request, address);
  }

  DhcpPacket acknowledge(DhcpPacket request, Ipv4Address address) {
    DhcpPacket reply = lease(MessageType.ACK, request, address);
    return new DhcpPacket(
        reply.header().withCiaddr(request.header().ciaddr()), MessageType.ACK, reply.options());
  }

  /** The answer to DHCPINFORM: everything but an address and its times (RFC 2131 §4.3.5). */
  DhcpPacket inform(DhcpPacket request) {
    DhcpHeader header = DhcpHeader.replyTo(request.header()).withCiaddr(request.header().ciaddr());
    return complete(MessageType.ACK, header, request, start(MessageType.ACK));
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
    returnToSender(request, options);
    return new DhcpPacket(header, MessageType.NAK, options.build());
  }

  private DhcpPacket lease(MessageType type, DhcpPacket request, Ipv4Address address) {
    long seconds = settings.leaseTime().toSeconds();
    DhcpOptions.Builder options = start(type).putInt(DhcpOption.LEASE_TIME, seconds);
    // RFC 2131 §4.4.5: half, and seven eighths.
    ifAsked(request, DhcpOption.RENEWAL_TIME, it -> options.putInt(it, seconds / 2));
    ifAsked(request, DhcpOption.REBINDING_TIME, it -> options.putInt(it, seconds * 7 / 8));
    DhcpHeader header = DhcpHeader.replyTo(request.header()).withYiaddr(address);
    return complete(type, header, request, options);
  }

  private DhcpOptions.Builder start(MessageType type) {
    return new DhcpOptions.Builder()
        .put(DhcpOption.MESSAGE_TYPE, (byte) type.code())
        .put(DhcpOption.SERVER_IDENTIFIER, settings.endpoint().address());
  }

  private DhcpPacket complete(
      MessageType type, DhcpHeader header, DhcpPacket request, DhcpOptions.Builder options) {
    addNetwork(request, options);
    returnToSender(request, options);
    // Last, since the boot file name must be the last option.
    DhcpHeader booting =
        new BootOptions(settings.endpoint().address())
            .add(
                BootOffer.decide(BootClient.of(request), settings.boot()),
                request,
                header,
                options);
    return new DhcpPacket(booting, type, options.build());
  }

  private void addNetwork(DhcpPacket request, DhcpOptions.Builder options) {
    Subnet subnet = settings.subnet();
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
    Optional.ofNullable(settings.reservations().get(request.client()))
        .flatMap(Reservation::hostName)
        .ifPresent(name -> ifAsked(request, DhcpOption.HOST_NAME, it -> options.put(it, name)));
  }

  /** A client without a list gets what every client can use (RFC 2131 §4.3.1). */
  private static void ifAsked(
      DhcpPacket request, DhcpOption option, java.util.function.Consumer<DhcpOption> put) {
    if (request.options().asksFor(option)
        || !request.options().has(DhcpOption.PARAMETER_REQUEST_LIST)) {
      put.accept(option);
    }
  }

  /** What goes back as it came: RFC 6842, RFC 3046 §2.2. */
  private static void returnToSender(DhcpPacket request, DhcpOptions.Builder options) {
    for (DhcpOption option :
        new DhcpOption[] {DhcpOption.CLIENT_IDENTIFIER, DhcpOption.RELAY_AGENT_INFORMATION}) {
      request.options().octets(option).ifPresent(octets -> options.put(option, octets));
    }
  }
}
