/** The command line of {@code builder}: arguments in, words and exit codes out. */
@NullMarked
package dev.kiln.builder.cli;

import org.jspecify.annotations.NullMarked;
