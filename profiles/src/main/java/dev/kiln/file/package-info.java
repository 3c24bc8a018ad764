/** Bytes and files by content: digests, and files that exist whole or not at all. */
@NullMarked
package dev.kiln.file;

import org.jspecify.annotations.NullMarked;
