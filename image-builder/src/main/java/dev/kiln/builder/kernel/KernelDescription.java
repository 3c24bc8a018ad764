package dev.kiln.builder.kernel;

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
}
