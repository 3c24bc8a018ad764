/** The documents one node reads, rendered from its facts. */
@NullMarked
package dev.kiln.node;

import org.jspecify.annotations.NullMarked;
