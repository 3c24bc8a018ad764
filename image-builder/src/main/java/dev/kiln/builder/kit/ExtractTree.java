package dev.kiln.builder.kit;

import dev.kiln.failure.KilnException;
import dev.kiln.failure.Shown;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Unpacks a tar into a directory of Kiln's own, without owners: files, directories and links that
 * stay inside. Set-id bits go: nobody needs them to run a tool.
 */
final class ExtractTree {
  private static final Set<PosixFilePermission> PROGRAM =
      Set.copyOf(PosixFilePermissions.fromString("rwxr-xr-x"));
  private static final Set<PosixFilePermission> DATA =
      Set.copyOf(PosixFilePermissions.fromString("rw-r--r--"));

  private final Path root;

  private ExtractTree(Path root) {
    this.root = root;
  }

  static void extract(Path tar, Path root) throws IOException {
    ExtractTree tree = new ExtractTree(root.toRealPath());
    try (TarArchiveInputStream in =
        // Names are UTF-8 whatever this machine's locale is.
        new TarArchiveInputStream(
            new BufferedInputStream(Files.newInputStream(tar), 1 << 16), "UTF-8")) {
      for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        tree.place(entry, in);
      }
    }
  }

  private void place(TarArchiveEntry entry, TarArchiveInputStream content) throws IOException {
    Path target = root.resolve(entry.getName()).normalize();
    if (target.equals(root)) {
      return;
    }
    requireInside(target, entry.getName());
    if (entry.isDirectory()) {
      if (!Files.isDirectory(target)) {
        Files.createDirectory(target);
      }
      return;
    }
    if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      throw refuse(entry.getName(), "stands where a directory is");
    }
    Files.deleteIfExists(target);
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else if (entry.isLink()) {
      Path existing = root.resolve(entry.getLinkName()).normalize();
      requireInside(existing, entry.getLinkName());
      Files.createLink(target, existing);
    } else if (!isRegular(entry)) {
      throw refuse(entry.getName(), "is neither a file, a link nor a directory");
    } else {
      Files.copy(content, target);
      Files.setPosixFilePermissions(target, (entry.getMode() & 0100) != 0 ? PROGRAM : DATA);
    }
  }

  /** Its directory exists, and following every link still is below the root. */
  private void requireInside(Path target, String name) throws IOException {
    Path parent = target.getParent();
    if (target.startsWith(root) && parent != null && !Files.exists(parent)) {
      throw KilnException.input(
          "no package of the kit has the directory in which '" + name + "' lies",
          "Add the package that has it to the profile's kit");
    }
    if (!target.startsWith(root)
        || parent == null
        || !Files.isDirectory(parent)
        || !parent.toRealPath().startsWith(root)) {
      throw refuse(name, "leaves the tree");
    }
  }

  /** The type flags of plain files (POSIX ustar); isFile() also says yes to devices. */
  private static boolean isRegular(TarArchiveEntry entry) {
    return entry.getLinkFlag() == TarConstants.LF_NORMAL
        || entry.getLinkFlag() == TarConstants.LF_OLDNORM;
  }

  private static KilnException refuse(String name, String what) {
    return KilnException.input(
        "the entry '" + Shown.of(name, 200) + "' " + what, "Check the kit's packages");
  }
}
