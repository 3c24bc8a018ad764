/** TFTP (RFC 1350 with 2347, 2348, 2349): boot loaders for firmware that knows nothing better. */
@NullMarked
package dev.kiln.bootserver.tftp;

import org.jspecify.annotations.NullMarked;
