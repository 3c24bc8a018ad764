package dev.kiln.builder.bake;

import dev.kiln.builder.kernel.KernelFiles;
import dev.kiln.builder.layer.SquashfsCompression;
import dev.kiln.file.Digest;
import java.util.function.Supplier;

/**
 * The kernel of an {@code os} layer, which is known before the layer is made.
 *
 * @param layer the key of that layer
 * @param compression of the layers that are added to it
 * @param files for the initrd; valid as long as the layer is being made, or in the cache
 */
record TakenKernel(Digest layer, SquashfsCompression compression, Supplier<KernelFiles> files) {}
