/** Files of expected output that a flag writes anew. */
@NullMarked
package dev.kiln.golden;

import org.jspecify.annotations.NullMarked;
