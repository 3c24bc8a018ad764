/** From a profile to its lock: signed indexes read, packages resolved, pins and sources named. */
@NullMarked
package dev.kiln.builder.lock;

import org.jspecify.annotations.NullMarked;
