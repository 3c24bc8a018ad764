/** The only place of the lab that starts processes. */
@NullMarked
package dev.kiln.lab.process;

import org.jspecify.annotations.NullMarked;
