/** Packages as a bake takes them, whatever family's they are: fetched, checked, made ready. */
@NullMarked
package dev.kiln.builder.packages;

import org.jspecify.annotations.NullMarked;
