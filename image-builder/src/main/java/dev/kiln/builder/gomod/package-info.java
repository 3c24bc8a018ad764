/**
 * Go modules (https://go.dev/ref/mod): what the files of a main module say, how a proxy is found
 * and read, and what upstream's own files and Go's checksum database say of the choice.
 */
@NullMarked
package dev.kiln.builder.gomod;

import org.jspecify.annotations.NullMarked;
