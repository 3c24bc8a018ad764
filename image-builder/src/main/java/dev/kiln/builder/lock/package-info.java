/** From what a profile wants to what is chosen: {@code builder lock}. */
@NullMarked
package dev.kiln.builder.lock;

import org.jspecify.annotations.NullMarked;
