package dev.kiln.bootserver.dhcp.codec;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The DHCP options that are read or written here, with the RFC that defines each. */
public enum DhcpOption {
  /** RFC 2132 §3.3. */
  SUBNET_MASK(1, 4),
  /** RFC 2132 §3.5. */
  ROUTER(3),
  /** RFC 2132 §3.8. */
  DOMAIN_NAME_SERVER(6),
  /** RFC 2132 §3.14. */
  HOST_NAME(12),
  /** RFC 2132 §3.17. */
  DOMAIN_NAME(15),
  /** RFC 2132 §5.3. */
  BROADCAST_ADDRESS(28, 4),
  /** RFC 2132 §8.4; its content for PXE is in the PXE specification 2.1 §2.2. */
  VENDOR_SPECIFIC(43),
  /** RFC 2132 §9.1. */
  REQUESTED_ADDRESS(50, 4),
  /** RFC 2132 §9.2, seconds. */
  LEASE_TIME(51, 4),
  /** RFC 2132 §9.3. */
  OVERLOAD(52, 1),
  /** RFC 2132 §9.6. */
  MESSAGE_TYPE(53, 1),
  /** RFC 2132 §9.7. */
  SERVER_IDENTIFIER(54, 4),
  /** RFC 2132 §9.8: the options a client asks for. */
  PARAMETER_REQUEST_LIST(55),
  /** RFC 2132 §9.9: why a request is refused, for people. */
  MESSAGE(56),
  /** RFC 2132 §9.10. */
  MAXIMUM_MESSAGE_SIZE(57, 2),
  /** RFC 2132 §9.11: T1, seconds. */
  RENEWAL_TIME(58, 4),
  /** RFC 2132 §9.12: T2, seconds. */
  REBINDING_TIME(59, 4),
  /** RFC 2132 §9.13: {@code PXEClient…} or {@code HTTPClient…} of firmware. */
  VENDOR_CLASS(60),
  /** RFC 2132 §9.14; returned to the client by RFC 6842. */
  CLIENT_IDENTIFIER(61),
  /** RFC 2132 §9.4. */
  TFTP_SERVER_NAME(66),
  /** RFC 2132 §9.5; a URL for UEFI HTTP Boot (UEFI specification §24.7) and for iPXE. */
  BOOT_FILE_NAME(67),
  /** RFC 3004; iPXE writes {@code iPXE} without the RFC's length octet. */
  USER_CLASS(77),
  /** RFC 3046; returned to the relay. */
  RELAY_AGENT_INFORMATION(82),
  /** RFC 4578 §2.1: a list of 16-bit codes. */
  CLIENT_ARCHITECTURE(93),
  /** RFC 4578 §2.3: a type octet and the SMBIOS UUID; returned to the client. */
  CLIENT_MACHINE_IDENTIFIER(97),
  /** iPXE's own encapsulated options. */
  IPXE(175);

  private static final Map<Integer, DhcpOption> BY_CODE =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(DhcpOption::code, Function.identity()));

  private final int code;
  private final int length;

  DhcpOption(int code) {
    this(code, -1);
  }

  DhcpOption(int code, int length) {
    this.code = code;
    this.length = length;
  }

  static Optional<DhcpOption> ofCode(int code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }

  public int code() {
    return code;
  }

  /** Whether its definition says how long it is, so that it is never split over several. */
  boolean fixed() {
    return length >= 0;
  }

  /** Whether the option's definition allows a value of so many octets. */
  boolean allows(int octets) {
    return length < 0 || length == octets;
  }
}
