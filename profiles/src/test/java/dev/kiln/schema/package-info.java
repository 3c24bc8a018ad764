/** The published JSON Schema, as others use it. */
@NullMarked
package dev.kiln.schema;

import org.jspecify.annotations.NullMarked;
