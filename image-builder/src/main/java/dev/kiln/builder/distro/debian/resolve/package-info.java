/** Which packages go together: the choice that apt makes, and in words why there is none. */
@NullMarked
package dev.kiln.builder.distro.debian.resolve;

import org.jspecify.annotations.NullMarked;
