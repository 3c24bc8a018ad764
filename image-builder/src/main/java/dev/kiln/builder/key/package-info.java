/**
 * What decides about the bytes of all that a bake makes: its inputs, and the parts of Kiln that
 * shape it.
 */
@NullMarked
package dev.kiln.builder.key;

import org.jspecify.annotations.NullMarked;
