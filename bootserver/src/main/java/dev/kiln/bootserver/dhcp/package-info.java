/** DHCP for IPv4 (RFC 2131, 2132): addresses for machines, and what each of them boots. */
@NullMarked
package dev.kiln.bootserver.dhcp;

import org.jspecify.annotations.NullMarked;
