/** A family of distributions of the tests' own. */
@NullMarked
package dev.kiln.family;

import org.jspecify.annotations.NullMarked;
