/** Events: the lines of a machine's timeline, from DHCP to Node Ready. */
@NullMarked
package dev.kiln.bootserver.event;

import org.jspecify.annotations.NullMarked;
