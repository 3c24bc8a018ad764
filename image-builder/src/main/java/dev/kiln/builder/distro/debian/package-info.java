/** Debian: what generic parts of the builder must know of it, as values. */
@NullMarked
package dev.kiln.builder.distro.debian;

import org.jspecify.annotations.NullMarked;
