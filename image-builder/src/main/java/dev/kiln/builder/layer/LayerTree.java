package dev.kiln.builder.layer;

import dev.kiln.builder.layer.LayerPaths.Place;
import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The tree in which a layer's parts are put: files and links, no script, no chroot. Directories are
 * 0755; whose the files are and of which time is settled when the tree is packed.
 */
public final class LayerTree {
  private static final Set<PosixFilePermission> DIRECTORY =
      Set.copyOf(PosixFilePermissions.fromString("rwxr-xr-x"));
  private static final PosixFilePermission[] BITS = {
    PosixFilePermission.OTHERS_EXECUTE, PosixFilePermission.OTHERS_WRITE,
        PosixFilePermission.OTHERS_READ,
    PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.GROUP_WRITE,
        PosixFilePermission.GROUP_READ,
    PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.OWNER_WRITE,
        PosixFilePermission.OWNER_READ
  };

  private final Path root;
  private final Map<Path, String> bringers = new HashMap<>();
  private String part = "";

  /**
   * Starts an empty tree.
   *
   * @param root an empty directory
   */
  public LayerTree(Path root) {
    this.root = root;
  }

  public Path root() {
    return root;
  }

  /** Says whose files come next; two parts that bring the same file are named. */
  public void begin(String nameOfPart) {
    part = nameOfPart;
  }

  /**
   * Adds a file.
   *
   * @param path absolute in the image
   * @param mode permission bits, 0 to 0777
   */
  public void addFile(String path, InputStream content, int mode) throws IOException {
    Path target = newPlace(path);
    Files.copy(content, target);
    Files.setPosixFilePermissions(target, permissions(mode));
  }

  public void addLink(String path, String linkTarget) throws IOException {
    Files.createSymbolicLink(newPlace(path), Path.of(linkTarget));
  }

  /** What is where; directories are of all who have something in them, and named by the last. */
  public LayerPaths paths() {
    SortedMap<String, Place> places = new TreeMap<>();
    bringers.forEach(
        (path, bringer) -> {
          places.put(inImage(path), new Place(Files.isSymbolicLink(path) ? 'l' : '-', bringer));
          for (Path above = up(path); !above.equals(root); above = up(above)) {
            places.put(inImage(above), new Place('d', bringer));
          }
        });
    return new LayerPaths(places);
  }

  private String inImage(Path path) {
    return "/" + root.relativize(path);
  }

  /** Sets the directories' modes, whatever the umask; nothing may be added afterwards. */
  public TreeToPack finish() throws IOException {
    try (var walk = Files.walk(root)) {
      for (Path path : walk.filter(p -> Files.isDirectory(p, LinkOption.NOFOLLOW_LINKS)).toList()) {
        Files.setPosixFilePermissions(path, DIRECTORY);
      }
    }
    return TreeToPack.ofParts(ImageTree.at(root));
  }

  private Path newPlace(String path) throws IOException {
    Path target = root.resolve("." + path).normalize();
    Path parent = target.getParent();
    if (!path.startsWith("/")
        || !target.startsWith(root)
        || parent == null
        || target.equals(root)) {
      throw KilnException.input(
          "'" + path + "' is not a path in an image", "Write an absolute path without '..'");
    }
    for (Path above = parent; !above.equals(root) && above.startsWith(root); above = up(above)) {
      requireDirectoryOrNothing(above, path);
    }
    Files.createDirectories(parent);
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw KilnException.input(
          "two parts of a layer bring '" + path + "'" + bringersOf(target),
          "Let one of them go elsewhere");
    }
    bringers.put(target, part);
    return target;
  }

  private void requireDirectoryOrNothing(Path above, String path) {
    if (Files.isSymbolicLink(above)) {
      throw KilnException.input(
          "'" + path + "' goes through a symbolic link of the same layer",
          "Name the real directory");
    }
    if (Files.isRegularFile(above, LinkOption.NOFOLLOW_LINKS)) {
      throw KilnException.input(
          "'"
              + path
              + "' goes through '/"
              + root.relativize(above)
              + "', a file of the same layer"
              + bringersOf(above),
          "Let one of them go elsewhere");
    }
  }

  /** Empty for a directory: many may have brought that. */
  private String bringersOf(Path target) {
    String first = bringers.get(target);
    return first == null || first.isEmpty() ? "" : ": " + first + " and " + part;
  }

  private Path up(Path path) {
    Path parent = path.getParent();
    return parent == null ? root : parent;
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    if (mode < 0 || mode > 0777) {
      throw new IllegalArgumentException(
          "a file of a layer has no mode " + Integer.toOctalString(mode));
    }
    Set<PosixFilePermission> permissions = new HashSet<>();
    for (int bit = 0; bit < BITS.length; bit++) {
      if ((mode & (1 << bit)) != 0) {
        permissions.add(BITS[bit]);
      }
    }
    return permissions;
  }
}
