/** How the lab gets into its machines: its key pair, host keys from the console, a shell. */
@NullMarked
package dev.kiln.lab.ssh;

import org.jspecify.annotations.NullMarked;
