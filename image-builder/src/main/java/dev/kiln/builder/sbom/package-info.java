/** The software bill of materials of an image, in CycloneDX. */
@NullMarked
package dev.kiln.builder.sbom;

import org.jspecify.annotations.NullMarked;
