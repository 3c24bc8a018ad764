/** DHCP packets for IPv4 (RFC 2131 §2, RFC 2132), as octets and as values. */
@NullMarked
package dev.kiln.bootserver.dhcp.codec;

import org.jspecify.annotations.NullMarked;
