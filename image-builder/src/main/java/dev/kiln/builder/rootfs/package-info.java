/**
 * The root file system of the {@code os} layer: installed by the target's own dpkg, then sealed.
 */
@NullMarked
package dev.kiln.builder.rootfs;

import org.jspecify.annotations.NullMarked;
