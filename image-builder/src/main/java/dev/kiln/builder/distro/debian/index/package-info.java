/** Debian's packages as its indexes describe them: versions, relations, and what is in a set. */
@NullMarked
package dev.kiln.builder.distro.debian.index;

import org.jspecify.annotations.NullMarked;
