/** What was chosen: exactly which bytes an image is made of. */
@NullMarked
package dev.kiln.lock;

import org.jspecify.annotations.NullMarked;
