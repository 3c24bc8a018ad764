/** A lab as a whole: planned, started, kept, ended. */
@NullMarked
package dev.kiln.lab.lifecycle;

import org.jspecify.annotations.NullMarked;
