package dev.kiln.builder.output;

import dev.kiln.builder.cache.CachedFile;
import dev.kiln.builder.layer.PackedLayer;
import dev.kiln.file.Digest;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a bake made, wherever it lies: the parts from which every output is put together.
 *
 * @param architecture Kiln's name of it, such as {@code amd64}
 * @param kernelRelease as {@code uname -r} prints it
 * @param kernelArguments what the image itself asks of the kernel's command line
 * @param initrdKey digest of what the initrd was made from
 * @param layers lowest first
 */
public record BakedImage(
    String architecture,
    String kernelRelease,
    List<String> kernelArguments,
    CachedFile kernel,
    CachedFile initrd,
    Digest initrdKey,
    List<PackedLayer> layers) {
  public BakedImage {
    kernelArguments = List.copyOf(kernelArguments);
    layers = List.copyOf(layers);
  }

  /** Layer to the digest of what it was made from. */
  public Map<String, Digest> layerKeys() {
    return layers.stream()
        .collect(Collectors.toUnmodifiableMap(made -> made.layer().name(), PackedLayer::key));
  }
}
