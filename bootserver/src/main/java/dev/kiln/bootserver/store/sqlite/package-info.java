/**
 * The embedded engine of the server's state: a SQLite file for leases and one for records, each
 * with a thread that writes, many changes in one commit.
 */
@NullMarked
package dev.kiln.bootserver.store.sqlite;

import org.jspecify.annotations.NullMarked;
