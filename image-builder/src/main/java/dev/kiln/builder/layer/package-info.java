/** Layers: trees of files packed as squashfs with a dm-verity hash tree behind it. */
@NullMarked
package dev.kiln.builder.layer;

import org.jspecify.annotations.NullMarked;
