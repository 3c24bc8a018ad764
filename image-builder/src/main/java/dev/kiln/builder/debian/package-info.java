/** Debian's formats: versions, control paragraphs, package relations, packages. */
@NullMarked
package dev.kiln.builder.debian;

import org.jspecify.annotations.NullMarked;
