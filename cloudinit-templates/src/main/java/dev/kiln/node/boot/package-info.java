/** What a boot loader is told: iPXE scripts and the kernel's command line. */
@NullMarked
package dev.kiln.node.boot;

import org.jspecify.annotations.NullMarked;
