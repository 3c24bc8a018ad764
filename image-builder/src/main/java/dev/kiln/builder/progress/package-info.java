/** What a job is doing and how long each step took: on a terminal, in plain lines, in a log. */
@NullMarked
package dev.kiln.builder.progress;

import org.jspecify.annotations.NullMarked;
