/** Which mirror of a repository this machine asks. */
@NullMarked
package dev.kiln.builder.mirror;

import org.jspecify.annotations.NullMarked;
