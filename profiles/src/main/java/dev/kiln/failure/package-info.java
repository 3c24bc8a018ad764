/** How everything in Kiln fails: problems that say what is wrong, where, and how to mend it. */
@NullMarked
package dev.kiln.failure;

import org.jspecify.annotations.NullMarked;
