/** Network values that DHCP and TFTP share: IPv4 addresses, networks, and bounded reading. */
@NullMarked
package dev.kiln.bootserver.net;

import org.jspecify.annotations.NullMarked;
