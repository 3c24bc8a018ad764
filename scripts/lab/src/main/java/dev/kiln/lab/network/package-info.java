/** The lab's own network: a namespace with a bridge, taps for machines, and a way in. */
@NullMarked
package dev.kiln.lab.network;

import org.jspecify.annotations.NullMarked;
