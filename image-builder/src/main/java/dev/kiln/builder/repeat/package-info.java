/** Answers a call of {@code bake} that was answered before, where nothing has changed since. */
@NullMarked
package dev.kiln.builder.repeat;

import org.jspecify.annotations.NullMarked;
