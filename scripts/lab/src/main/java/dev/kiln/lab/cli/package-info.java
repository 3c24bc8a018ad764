/** The program {@code lab}. */
@NullMarked
package dev.kiln.lab.cli;

import org.jspecify.annotations.NullMarked;
