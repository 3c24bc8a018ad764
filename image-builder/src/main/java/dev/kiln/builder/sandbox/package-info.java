/** The only place that starts processes: in namespaces of their own, without network. */
@NullMarked
package dev.kiln.builder.sandbox;

import org.jspecify.annotations.NullMarked;
