/** What is known of one node, before anything is written in any format. */
@NullMarked
package dev.kiln.node.facts;

import org.jspecify.annotations.NullMarked;
