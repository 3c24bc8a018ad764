/** Signed Debian repositories: InRelease files, and the indexes they vouch for. */
@NullMarked
package dev.kiln.builder.distro.debian.archive;

import org.jspecify.annotations.NullMarked;
