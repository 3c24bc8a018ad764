package dev.kiln.builder.gomod;

import dev.kiln.lock.LockedSource.ModuleFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * The tree in which Go modules are built: a toolchain in {@code /usr/local/go}, and a directory to
 * build in. A module's zip keeps no modes: what is run gets its own back
 * (https://go.dev/ref/mod#toolchain, {@code cmd/go/internal/toolchain}).
 */
public final class GoToolchainTree {
  private static final int PROGRAM = 0755;
  private static final int PLAIN = 0644;

  private GoToolchainTree() {}

  /**
   * Writes it as a tar archive.
   *
   * @param locked the toolchain
   * @param zip its archive, whose hash was compared
   */
  public static void write(ModuleFile locked, Path zip, OutputStream out) throws IOException {
    try (ModuleArchive archive = ModuleArchive.open(locked.module(), locked.version(), zip);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (String directory : List.of("build/", "build/output/", "build/tmp/", "run/", "tmp/")) {
        TarArchiveEntry entry = new TarArchiveEntry(directory);
        entry.setMode(TarArchiveEntry.DEFAULT_DIR_MODE);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
      }
      archive.forEachFile(
          (path, size, content) -> {
            TarArchiveEntry entry = new TarArchiveEntry("usr/local/go/" + path);
            entry.setSize(size);
            entry.setMode(isProgram(path) ? PROGRAM : PLAIN);
            entry.setModTime(0);
            tar.putArchiveEntry(entry);
            content.transferTo(tar);
            tar.closeArchiveEntry();
          });
    }
  }

  private static boolean isProgram(String path) {
    return path.startsWith("bin/") || path.startsWith("pkg/tool/");
  }
}
