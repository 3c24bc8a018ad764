/** How much one sender, one card and all together may ask for: one place for every protocol. */
@NullMarked
package dev.kiln.bootserver.admission;

import org.jspecify.annotations.NullMarked;
