/**
 * The embedded engine of the server's state: one SQLite file, one thread that writes, many changes
 * in one durable commit.
 */
@NullMarked
package dev.kiln.bootserver.store;

import org.jspecify.annotations.NullMarked;
