/** The decision what a machine boots, and the documents that follow from it. */
@NullMarked
package dev.kiln.bootserver.boot;

import org.jspecify.annotations.NullMarked;
