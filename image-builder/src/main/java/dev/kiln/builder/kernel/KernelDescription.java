package dev.kiln.builder.kernel;

import dev.kiln.document.Json;
import dev.kiln.manifest.Manifest;

/**
 * What later steps of a bake ask of a kernel; kept as JSON beside it.
 *
 * @param release as {@code uname -r} will print it
 * @param codecs what it can read
 */
public record KernelDescription(String release, KernelCodecs codecs) {
  public KernelDescription {
    if (!Manifest.isKernelRelease(release)) {
      throw new IllegalArgumentException("'" + release + "' is not a kernel's release");
    }
  }

  /**
   * Reads what {@link KernelFiles} wrote.
   *
   * @param name what errors call it
   */
  public static KernelDescription read(String name, byte[] content) {
    return Json.read(name, content, KernelDescription.class);
  }
}
