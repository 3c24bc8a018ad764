/** cloud-init's NoCloud seed of one machine, built as data and written as JSON. */
@NullMarked
package dev.kiln.node.nocloud;

import org.jspecify.annotations.NullMarked;
