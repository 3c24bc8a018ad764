/** Machines: what is known about a computer that boots from here. */
@NullMarked
package dev.kiln.bootserver.machine;

import org.jspecify.annotations.NullMarked;
