/** Families of distributions, each in a package of its own. */
@NullMarked
package dev.kiln.builder.distro;

import org.jspecify.annotations.NullMarked;
