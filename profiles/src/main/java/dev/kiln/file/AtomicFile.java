package dev.kiln.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Writes a file beside its place, forces it to disk, and renames it: whole or not there. */
public final class AtomicFile {
  private static final Set<PosixFilePermission> PUBLIC =
      Set.copyOf(PosixFilePermissions.fromString("rw-r--r--"));
  private static final Set<PosixFilePermission> SECRET =
      Set.copyOf(PosixFilePermissions.fromString("rw-------"));

  private AtomicFile() {}

  /** Writes a file that everybody may read (mode 0644). */
  public static void write(Path file, byte[] content) throws IOException {
    write(file, content, PUBLIC);
  }

  /** Writes a file that only its owner may ever have read (mode 0600 from its first byte). */
  public static void writeSecret(Path file, byte[] content) throws IOException {
    write(file, content, SECRET);
  }

  /**
   * Writes a file that is not there yet, and only its owner may ever read.
   *
   * @throws java.nio.file.FileAlreadyExistsException and changes nothing, where it is there
   */
  public static void createSecret(Path file, byte[] content) throws IOException {
    Path beside = writeBeside(file, content, SECRET);
    try {
      // Unlike a rename, a link never replaces what is there.
      Files.createLink(file, beside);
    } finally {
      Files.deleteIfExists(beside);
    }
    forceDirectory(parentOf(file));
  }

  /** Makes a finished file or directory take its final name, surviving a power cut. */
  public static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    forceDirectory(parentOf(to));
  }

  private static void write(Path file, byte[] content, Set<PosixFilePermission> mode)
      throws IOException {
    Path beside = writeBeside(file, content, mode);
    try {
      rename(beside, file);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  private static Path writeBeside(Path file, byte[] content, Set<PosixFilePermission> mode)
      throws IOException {
    Path beside = createBeside(file);
    try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
      Files.setPosixFilePermissions(beside, mode);
      return beside;
    } catch (IOException e) {
      Files.deleteIfExists(beside);
      throw e;
    }
  }

  /**
   * An empty file of mode 0600: nobody else can open it before its mode is set. That it cannot be
   * made is its directory's fault, and said of that: of the file's name nobody ever heard.
   */
  private static Path createBeside(Path file) throws IOException {
    Path parent = parentOf(file);
    try {
      return Files.createTempFile(parent, "." + file.getFileName(), ".part");
    } catch (NoSuchFileException e) {
      throw new NoSuchFileException(parent.toString());
    } catch (AccessDeniedException e) {
      throw new AccessDeniedException(parent.toString());
    } catch (FileSystemException e) {
      throw new FileSystemException(parent.toString(), null, e.getReason());
    }
  }

  private static Path parentOf(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }

  private static void forceDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
