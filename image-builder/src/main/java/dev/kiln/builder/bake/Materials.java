package dev.kiln.builder.bake;

import dev.kiln.builder.deb.ReadyPackage;
import dev.kiln.file.Digest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What was fetched, all of it checked against the lock.
 *
 * @param packages of the {@code os} layer
 * @param kit packages of the tools
 * @param pins files by digest
 */
record Materials(List<ReadyPackage> packages, List<ReadyPackage> kit, Map<Digest, Path> pins) {}
