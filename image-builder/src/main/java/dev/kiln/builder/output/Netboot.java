package dev.kiln.builder.output;

import dev.kiln.manifest.BootManifest;
import dev.kiln.manifest.Manifest;
import java.util.ArrayList;
import java.util.List;

/**
 * What a machine loads over a network: kernel, initrd, boot manifest and layers. It is the content
 * of an image, so these are the files that the manifest names.
 */
public record Netboot(List<OutputFile> files) implements Output {
  public Netboot {
    files = List.copyOf(files);
  }

  static Netboot of(BakedImage image) {
    Manifest manifest = image.manifest();
    List<OutputFile> files = new ArrayList<>();
    files.add(OutputFile.of(manifest.kernel(), image.kernel()));
    files.add(OutputFile.of(manifest.initrd(), image.initrd()));
    files.add(OutputFile.of(BootManifest.FILE, BootManifest.write(manifest.layers())));
    image.layers().forEach(made -> files.add(OutputFile.of(made.layer().file(), made.file())));
    return new Netboot(files);
  }
}
