/** Container images made from files, for machines that reach no registry. */
@NullMarked
package dev.kiln.lab.oci;

import org.jspecify.annotations.NullMarked;
