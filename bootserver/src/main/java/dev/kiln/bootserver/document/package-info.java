/** The documents that a machine reads on its way: made of a plan, decided elsewhere. */
@NullMarked
package dev.kiln.bootserver.document;

import org.jspecify.annotations.NullMarked;
