/** Signatures of images: Ed25519 keys, and a signature beside the manifest. */
@NullMarked
package dev.kiln.builder.sign;

import org.jspecify.annotations.NullMarked;
