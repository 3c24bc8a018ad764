/** A Debian installed by its own dpkg. */
@NullMarked
package dev.kiln.builder.distro.debian.assemble;

import org.jspecify.annotations.NullMarked;
