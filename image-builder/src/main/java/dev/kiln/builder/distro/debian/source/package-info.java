/** Debian's source packages: their descriptions, and how they become a tree. */
@NullMarked
package dev.kiln.builder.distro.debian.source;

import org.jspecify.annotations.NullMarked;
