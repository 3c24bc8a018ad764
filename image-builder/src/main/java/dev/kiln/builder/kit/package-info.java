/** The tools a bake runs: a locked set of packages of their own, never the host's. */
@NullMarked
package dev.kiln.builder.kit;

import org.jspecify.annotations.NullMarked;
