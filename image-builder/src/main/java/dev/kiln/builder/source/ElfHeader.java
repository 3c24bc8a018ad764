package dev.kiln.builder.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The first bytes of an ELF file (System V ABI, chapter 4, "ELF Header"). */
final class ElfHeader {
  private static final int SIZE = 64;
  private static final int CLASS_64 = 2;
  private static final int LITTLE_ENDIAN = 1;
  private static final int TYPE_PROGRAM = 2;
  private static final int TYPE_SHARED = 3;

  private ElfHeader() {}

  /** Whether a file is a 64-bit little-endian program or shared object. */
  static boolean startsProgram(Path file) throws IOException {
    byte[] header;
    try (InputStream in = Files.newInputStream(file)) {
      header = in.readNBytes(SIZE);
    }
    return header.length == SIZE
        && header[0] == 0x7f
        && header[1] == 'E'
        && header[2] == 'L'
        && header[3] == 'F'
        && header[4] == CLASS_64
        && header[5] == LITTLE_ENDIAN
        // A program linked to a fixed address, or one that may be put anywhere.
        && (header[16] == TYPE_PROGRAM || header[16] == TYPE_SHARED)
        && header[17] == 0;
  }
}
