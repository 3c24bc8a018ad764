/** The lab: boots real machines in a network of its own. */
@NullMarked
package dev.kiln.lab;

import org.jspecify.annotations.NullMarked;
