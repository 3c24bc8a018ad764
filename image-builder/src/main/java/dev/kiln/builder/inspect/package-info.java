/** Looks at finished images: what they are made of, and whether they are what they claim. */
@NullMarked
package dev.kiln.builder.inspect;

import org.jspecify.annotations.NullMarked;
