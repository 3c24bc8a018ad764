/** Ports of the loopback interface that a test can rely on. */
@NullMarked
package dev.kiln.loopback;

import org.jspecify.annotations.NullMarked;
