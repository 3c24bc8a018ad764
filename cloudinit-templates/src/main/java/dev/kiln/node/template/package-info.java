/** Text files from templates, with an output format for each language. */
@NullMarked
package dev.kiln.node.template;

import org.jspecify.annotations.NullMarked;
