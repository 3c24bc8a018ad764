package dev.kiln.builder.output;

import java.util.List;

/**
 * A form in which an image is given out: files of its directory. The manifest names those of {@link
 * Netboot} alone, which every other form is made of; so one more beside them changes no id.
 */
public sealed interface Output permits Netboot {
  /** The files that this form needs, each under its name in the image directory. */
  List<OutputFile> files();
}
