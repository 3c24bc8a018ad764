/** The forms in which a baked image is given out, and the directory that holds them. */
@NullMarked
package dev.kiln.builder.output;

import org.jspecify.annotations.NullMarked;
