/** Who has which address: the durable record, and what one server remembers of it. */
@NullMarked
package dev.kiln.bootserver.lease;

import org.jspecify.annotations.NullMarked;
