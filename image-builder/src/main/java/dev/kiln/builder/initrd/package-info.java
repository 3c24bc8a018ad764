/**
 * Kiln's own initrd: a readable script, a static busybox, veritysetup, and the drivers it needs.
 */
@NullMarked
package dev.kiln.builder.initrd;

import org.jspecify.annotations.NullMarked;
