/**
 * What a distribution family is to Kiln: everything about packages that is not the same everywhere.
 * Nothing else knows a family; each is a package of its own below this one.
 */
@NullMarked
package dev.kiln.builder.distro;

import org.jspecify.annotations.NullMarked;
