/** What decides whether a run of the tests was good. */
@NullMarked
package dev.kiln.lab.suite;

import org.jspecify.annotations.NullMarked;
