/** Whether what a profile names can be had from here: {@code builder check}. */
@NullMarked
package dev.kiln.builder.check;

import org.jspecify.annotations.NullMarked;
