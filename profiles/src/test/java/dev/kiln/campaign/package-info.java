/** Tests of random input: few and the same in every run, many and new ones in a campaign. */
@NullMarked
package dev.kiln.campaign;

import org.jspecify.annotations.NullMarked;
