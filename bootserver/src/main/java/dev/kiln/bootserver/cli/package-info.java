/** The program {@code bootserver}: its commands, and how they print. */
@NullMarked
package dev.kiln.bootserver.cli;

import org.jspecify.annotations.NullMarked;
