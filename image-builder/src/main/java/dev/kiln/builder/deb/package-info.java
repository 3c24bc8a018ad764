/**
 * Debian binary packages (deb(5)): checked as hostile input, kept ready to install, and unpacked
 * for the very beginning of a root.
 */
@NullMarked
package dev.kiln.builder.deb;

import org.jspecify.annotations.NullMarked;
