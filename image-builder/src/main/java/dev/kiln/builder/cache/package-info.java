/**
 * What was fetched or made before, by content or by key: whole or absent, whoever was killed, and
 * made by one writer however many bakes run. What is read is compared with what was recorded when
 * it came in; what is broken is dropped, and made again.
 */
@NullMarked
package dev.kiln.builder.cache;

import org.jspecify.annotations.NullMarked;
