/** What was made: an image's files, their digests and root hashes. */
@NullMarked
package dev.kiln.manifest;

import org.jspecify.annotations.NullMarked;
