/** The kernel of an image: its file, what it can read, and the modules that an initrd needs. */
@NullMarked
package dev.kiln.builder.kernel;

import org.jspecify.annotations.NullMarked;
