package dev.kiln.builder.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** What a disk does to a file with time: other bytes, and nothing else that could be seen of it. */
public final class Rot {
  private Rot() {}

  /** Changes one bit in the middle. Hard links to the file keep what it was. */
  public static void flip(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2] ^= 1;
    replace(file, content);
  }

  /** Changes all of it. */
  public static void replace(Path file, byte[] content) throws IOException {
    FileTime time = Files.getLastModifiedTime(file);
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
    Path other = Files.write(file.resolveSibling("other"), content);
    Files.setPosixFilePermissions(other, mode);
    Files.setLastModifiedTime(other, time);
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
