/** The running server: what is started, in which order, and how it ends. */
@NullMarked
package dev.kiln.bootserver.app;

import org.jspecify.annotations.NullMarked;
