package dev.kiln.builder.output;

import dev.kiln.builder.layer.PackedLayer;
import dev.kiln.manifest.BootManifest;
import dev.kiln.manifest.Layer;
import dev.kiln.manifest.Manifest;
import java.util.ArrayList;
import java.util.List;

/**
 * What a machine loads over a network: kernel, initrd, boot manifest and layers. It is the content
 * of an image, so the manifest is that of these files.
 */
public record Netboot(Manifest manifest, List<OutputFile> files) implements Output {
  private static final String KERNEL = "vmlinuz";
  private static final String INITRD = "initrd";

  public Netboot {
    files = List.copyOf(files);
  }

  /** Reads what was recorded of the parts, not the parts, and writes nothing. */
  public static Netboot of(BakedImage image) {
    List<Layer> layers = image.layers().stream().map(PackedLayer::layer).toList();
    OutputFile kernel = OutputFile.of(KERNEL, image.kernel());
    OutputFile initrd = OutputFile.of(INITRD, image.initrd());
    OutputFile boot = OutputFile.of(BootManifest.FILE, BootManifest.write(layers));
    Manifest manifest =
        new Manifest(
            Manifest.VERSION,
            image.architecture(),
            image.kernelRelease(),
            image.kernelArguments(),
            kernel.file(),
            initrd.file(),
            boot.file(),
            layers);
    List<OutputFile> files = new ArrayList<>(List.of(kernel, initrd, boot));
    image.layers().forEach(made -> files.add(OutputFile.of(made.layer().file(), made.file())));
    return new Netboot(manifest, files);
  }
}
