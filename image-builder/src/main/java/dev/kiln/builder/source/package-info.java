/**
 * Built pins: binaries made of a distribution's source package, in a sandbox without network, and
 * kept by the digest of everything they were made from.
 */
@NullMarked
package dev.kiln.builder.source;

import org.jspecify.annotations.NullMarked;
