/** What Kiln's programs have in common on the command line: exit codes, errors, --debug. */
@NullMarked
package dev.kiln.command;

import org.jspecify.annotations.NullMarked;
