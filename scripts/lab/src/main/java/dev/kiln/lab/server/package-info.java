/** The boot server of a lab: its files, and its process. */
@NullMarked
package dev.kiln.lab.server;

import org.jspecify.annotations.NullMarked;
