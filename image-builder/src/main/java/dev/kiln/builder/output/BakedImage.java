package dev.kiln.builder.output;

import dev.kiln.builder.cache.CachedFile;
import dev.kiln.builder.layer.PackedLayer;
import dev.kiln.file.Digest;
import dev.kiln.manifest.BootManifest;
import dev.kiln.manifest.ImageFile;
import dev.kiln.manifest.Layer;
import dev.kiln.manifest.Manifest;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a bake made, wherever it lies: the parts from which every output is put together.
 *
 * @param architecture Kiln's name of it, such as {@code amd64}
 * @param kernelRelease as {@code uname -r} prints it
 * @param kernelArguments what the profile asks of the kernel's command line
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
  private static final String KERNEL = "vmlinuz";
  private static final String INITRD = "initrd";

  public BakedImage {
    kernelArguments = List.copyOf(kernelArguments);
    layers = List.copyOf(layers);
  }

  /**
   * The names, sizes and digests of its content, as they were recorded: no part is read for it. The
   * image's id is the digest of this document.
   */
  public Manifest manifest() {
    List<Layer> content = layers.stream().map(PackedLayer::layer).toList();
    byte[] boot = BootManifest.write(content);
    return new Manifest(
        Manifest.VERSION,
        architecture,
        kernelRelease,
        kernelArguments,
        new ImageFile(KERNEL, kernel.size(), kernel.digest()),
        new ImageFile(INITRD, initrd.size(), initrd.digest()),
        new ImageFile(BootManifest.FILE, boot.length, Digest.of(boot)),
        content);
  }

  /** The image's own part of the kernel's command line, the same wherever it boots. */
  public List<String> commandLine() {
    return manifest().commandLine();
  }

  /** Layer to the digest of what it was made from. */
  public Map<String, Digest> layerKeys() {
    return layers.stream()
        .collect(Collectors.toUnmodifiableMap(made -> made.layer().name(), PackedLayer::key));
  }
}
