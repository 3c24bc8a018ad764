/**
 * What was fetched or made before, by content or by key: whole or absent, whoever was killed, and
 * made by one writer however many bakes run.
 */
@NullMarked
package dev.kiln.builder.cache;

import org.jspecify.annotations.NullMarked;
