package dev.kiln.lab.server;

import dev.kiln.manifest.ImageDirectory;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Machines of a lab that boot the same image.
 *
 * @param name of the group, and of its image in the boot server
 * @param image the directory that {@code builder bake} wrote; its manifest was read
 */
public record BootGroup(String name, Path image) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,30}");

  public BootGroup {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' is not a name for a group");
    }
    image = ImageDirectory.read(image.toAbsolutePath().normalize()).path();
  }
}
