/** The program bootserver. */
@NullMarked
package dev.kiln.bootserver;

import org.jspecify.annotations.NullMarked;
