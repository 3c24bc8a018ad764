/** Debian and its derivatives: deb packages, installed by dpkg. */
@NullMarked
package dev.kiln.builder.distro.debian;

import org.jspecify.annotations.NullMarked;
