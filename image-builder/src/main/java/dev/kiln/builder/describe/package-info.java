/** What an image says of itself: its manifest, where it came from, and what it is made of. */
@NullMarked
package dev.kiln.builder.describe;

import org.jspecify.annotations.NullMarked;
