/** What is done to an installed tree before it is a layer: sealed, and given its times. */
@NullMarked
package dev.kiln.builder.tree;

import org.jspecify.annotations.NullMarked;
