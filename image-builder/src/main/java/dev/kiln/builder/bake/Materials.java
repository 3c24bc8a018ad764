package dev.kiln.builder.bake;

import dev.kiln.builder.deb.ReadyPackage;
import java.util.List;

/**
 * The packages that were fetched and made ready, now or by an earlier bake.
 *
 * @param packages of the {@code os} layer
 * @param kit packages of the tools
 */
record Materials(List<ReadyPackage> packages, List<ReadyPackage> kit) {}
