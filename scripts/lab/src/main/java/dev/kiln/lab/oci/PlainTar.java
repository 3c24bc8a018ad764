package dev.kiln.lab.oci;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A tar (POSIX ustar) in memory that depends on its content alone: no times, no owners. */
final class PlainTar implements AutoCloseable {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes);
  private final Set<String> directories = new HashSet<>();

  /** Adds a file, and the directories above it where they are not there yet. */
  void file(String path, byte[] content, int mode) throws IOException {
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      String directory = path.substring(0, slash + 1);
      if (directories.add(directory)) {
        put(new TarArchiveEntry(directory), new byte[0], 0755);
      }
    }
    put(new TarArchiveEntry(path), content, mode);
  }

  byte[] finish() throws IOException {
    tar.finish();
    return bytes.toByteArray();
  }

  private void put(TarArchiveEntry entry, byte[] content, int permissions) throws IOException {
    int type =
        entry.isDirectory() ? TarArchiveEntry.DEFAULT_DIR_MODE : TarArchiveEntry.DEFAULT_FILE_MODE;
    entry.setMode((type & ~07777) | permissions);
    entry.setModTime(0);
    entry.setIds(0, 0);
    entry.setNames("", "");
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }
}
