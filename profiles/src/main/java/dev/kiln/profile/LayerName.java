package dev.kiln.profile;

import dev.kiln.failure.Shown;
import java.util.List;
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

  /** A layer that pins and builds can be added to. */
  static LayerName ofAddition(String text) {
    for (LayerName layer : List.of(RUNTIME, KUBERNETES, IMAGES)) {
      if (layer.toString().equals(text)) {
        return layer;
      }
    }
    String why =
        switch (text) {
          case "os" -> "holds packages only";
          case "config" -> "holds what Kiln writes";
          default -> "does not exist";
        };
    throw new IllegalArgumentException(
        "the layer '" + Shown.of(text) + "' " + why + ": write runtime, kubernetes or images");
  }
}
