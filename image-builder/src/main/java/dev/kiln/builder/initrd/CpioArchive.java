package dev.kiln.builder.initrd;

import com.github.luben.zstd.ZstdOutputStream;
import dev.kiln.builder.kernel.Codec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioConstants;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZ;
import org.tukaani.xz.XZOutputStream;

/**
 * A cpio archive in the kernel's format ("newc", kernel documentation: driver-api/early-userspace),
 * compressed so that the kernel can read it. Entries are sorted, owned by root, without times:
 * equal content gives equal bytes.
 */
public final class CpioArchive {
  private static final int ZSTD_LEVEL = 9;
  private static final int XZ_PRESET = 6;

  /** Writes an entry's bytes. */
  @FunctionalInterface
  private interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private record Entry(int mode, long size, Content content) {}

  private final Map<String, Entry> entries = new TreeMap<>();

  /**
   * Adds a file.
   *
   * @param path without a leading slash; its directories are added too
   */
  public void addFile(String path, byte[] content, int mode) {
    add(path, new Entry(CpioConstants.C_ISREG | mode, content.length, out -> out.write(content)));
  }

  public void addFile(String path, Path file, int mode) throws IOException {
    add(
        path,
        new Entry(CpioConstants.C_ISREG | mode, Files.size(file), out -> Files.copy(file, out)));
  }

  public void addLink(String path, String target) {
    byte[] bytes = target.getBytes(StandardCharsets.UTF_8);
    add(path, new Entry(CpioConstants.C_ISLNK | 0777, bytes.length, out -> out.write(bytes)));
  }

  /** Adds a directory, where it is not there yet. */
  public void addDirectory(String path) {
    Entry there = entries.get(path);
    if (there == null || (there.mode() & CpioConstants.S_IFMT) != CpioConstants.C_ISDIR) {
      add(path, new Entry(CpioConstants.C_ISDIR | 0755, 0, out -> {}));
    }
  }

  private void add(String path, Entry entry) {
    addDirectoriesAbove(path);
    if (entries.putIfAbsent(path, entry) != null) {
      throw new IllegalArgumentException("'" + path + "' is in the archive already");
    }
  }

  private void addDirectoriesAbove(String path) {
    int slash = path.lastIndexOf('/');
    if (slash > 0) {
      addDirectory(path.substring(0, slash));
    }
  }

  /** Writes the archive. */
  public void writeTo(OutputStream out, Codec codec) throws IOException {
    try (OutputStream compressed = compressed(out, codec);
        CpioArchiveOutputStream cpio =
            new CpioArchiveOutputStream(
                compressed, CpioConstants.FORMAT_NEW, 512, StandardCharsets.UTF_8.name())) {
      long inode = 1;
      for (Map.Entry<String, Entry> each : entries.entrySet()) {
        write(cpio, each.getKey(), each.getValue(), inode++);
      }
      cpio.finish();
    }
  }

  private static OutputStream compressed(OutputStream out, Codec codec) throws IOException {
    return switch (codec) {
      case ZSTD -> new ZstdOutputStream(out, ZSTD_LEVEL);
      // The kernel's decoder knows no other check (kernel documentation: staging/xz).
      case XZ -> new XZOutputStream(out, new LZMA2Options(XZ_PRESET), XZ.CHECK_CRC32);
      // Without a name and a time in its header (RFC 1952); as small as this Java's zlib makes it.
      case GZIP -> new GZIPOutputStream(out);
    };
  }

  private static void write(CpioArchiveOutputStream cpio, String path, Entry entry, long inode)
      throws IOException {
    CpioArchiveEntry header = new CpioArchiveEntry(CpioConstants.FORMAT_NEW, path);
    header.setMode(entry.mode());
    header.setInode(inode);
    header.setNumberOfLinks(1);
    header.setTime(0);
    header.setSize(entry.size());
    cpio.putArchiveEntry(header);
    entry.content().writeTo(cpio);
    cpio.closeArchiveEntry();
  }
}
