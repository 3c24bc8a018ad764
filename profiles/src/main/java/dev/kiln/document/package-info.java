/**
 * Documents that people write (YAML) and that programs write (JSON): bounded, positioned, refused
 * whole with every problem named.
 */
@NullMarked
package dev.kiln.document;

import org.jspecify.annotations.NullMarked;
