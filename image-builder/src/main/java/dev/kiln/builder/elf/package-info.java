/** What programs and libraries say of themselves (System V ABI, chapters 4 and 5). */
@NullMarked
package dev.kiln.builder.elf;

import org.jspecify.annotations.NullMarked;
