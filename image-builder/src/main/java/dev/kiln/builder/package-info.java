/** The program builder. */
@NullMarked
package dev.kiln.builder;

import org.jspecify.annotations.NullMarked;
