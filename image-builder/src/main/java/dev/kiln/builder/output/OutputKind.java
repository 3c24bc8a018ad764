package dev.kiln.builder.output;

import java.util.List;

/** The forms in which an image can be given out: a new one is a name here, and a class. */
public enum OutputKind {
  /** What a machine loads over a network: the image's content itself. */
  NETBOOT;

  /** This form of an image. */
  public Output of(BakedImage image) {
    return switch (this) {
      case NETBOOT -> Netboot.of(image);
    };
  }

  /** The names of the files that lie beside an image's content where it was given out so. */
  public List<String> filesBesideContent() {
    return switch (this) {
      case NETBOOT -> List.of();
    };
  }
}
