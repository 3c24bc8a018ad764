/**
 * Debian's file formats on their own: control files (deb822(5)) and binary packages (deb(5)), read
 * as hostile input, written ready to install, and unpacked for the very beginning of a root.
 */
@NullMarked
package dev.kiln.builder.deb;

import org.jspecify.annotations.NullMarked;
