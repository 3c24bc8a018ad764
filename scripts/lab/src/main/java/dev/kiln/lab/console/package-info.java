/** What machines and servers print: kept with times, and waited on. */
@NullMarked
package dev.kiln.lab.console;

import org.jspecify.annotations.NullMarked;
