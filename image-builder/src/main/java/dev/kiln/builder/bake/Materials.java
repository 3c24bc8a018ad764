package dev.kiln.builder.bake;

import dev.kiln.builder.packages.ReadyPackage;
import java.util.List;

/**
 * The packages that were fetched and made ready, now or by an earlier bake.
 *
 * @param os of the {@code os} layer
 * @param kit of the tools that run on this machine
 * @param boot of the tools that run in the initrd
 */
record Materials(List<ReadyPackage> os, List<ReadyPackage> kit, List<ReadyPackage> boot) {}
