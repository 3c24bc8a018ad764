/** Virtual machines: QEMU with the firmware that real ones have. */
@NullMarked
package dev.kiln.lab.machine;

import org.jspecify.annotations.NullMarked;
