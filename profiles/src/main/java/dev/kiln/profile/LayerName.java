package dev.kiln.profile;

import java.util.Locale;

/** The layers of an image, in the order they lie on each other: the last one is on top. */
public enum LayerName {
  /** Every package, installed by the distribution's own tool. */
  OS,
  /** The container runtime, where it is not a package. */
  RUNTIME,
  /** Kubernetes' own binaries. */
  KUBERNETES,
  /** Container images that the runtime finds without a registry. */
  IMAGES,
  /** Files that Kiln makes of the profile. */
  CONFIG;

  /** The name in a lock, a manifest and a file name: {@code os}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Refuses a layer that pins and builds cannot be added to. */
  static LayerName forAdditions(LayerName layer) {
    return switch (layer) {
      case OS ->
          throw new IllegalArgumentException(
              "layer 'os' holds packages only: write runtime, kubernetes or images");
      case CONFIG ->
          throw new IllegalArgumentException(
              "layer 'config' holds what Kiln writes: write runtime, kubernetes or images");
      case RUNTIME, KUBERNETES, IMAGES -> layer;
    };
  }
}
