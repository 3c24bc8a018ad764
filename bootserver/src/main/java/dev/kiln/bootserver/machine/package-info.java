/** Machines and groups: who may boot, and what each machine gets. */
@NullMarked
package dev.kiln.bootserver.machine;

import org.jspecify.annotations.NullMarked;
