/** The bake: from a profile to an image directory, one flow, one step a line. */
@NullMarked
package dev.kiln.builder.bake;

import org.jspecify.annotations.NullMarked;
