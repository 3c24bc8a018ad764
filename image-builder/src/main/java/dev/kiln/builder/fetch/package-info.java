/** Brings bytes from elsewhere: many at once, resumed, bounded, and checked by their digest. */
@NullMarked
package dev.kiln.builder.fetch;

import org.jspecify.annotations.NullMarked;
