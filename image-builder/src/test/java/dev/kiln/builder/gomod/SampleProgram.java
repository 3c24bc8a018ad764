package dev.kiln.builder.gomod;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A program of three sections, which has nothing to run. */
final class SampleProgram {
  private static final int HEADER = 64;
  private static final String NAMES = "\0.shstrtab\0.go.buildinfo\0";

  private SampleProgram() {}

  /** What Go's linker writes. */
  static byte[] buildInfo(String toolchain, String lines) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("\u00ff Go buildinf:\u0008\u0002".getBytes(ISO_8859_1));
    out.writeBytes(new byte[16]);
    text(out, toolchain.getBytes(UTF_8));
    text(out, ("0123456789abcdef" + lines + "fedcba9876543210").getBytes(UTF_8));
    return out.toByteArray();
  }

  private static void text(ByteArrayOutputStream out, byte[] text) {
    int rest = text.length;
    for (; rest > 0x7f; rest >>>= 7) {
      out.write((rest & 0x7f) | 0x80);
    }
    out.write(rest);
    out.writeBytes(text);
  }

  /** A program with that section. */
  static byte[] of(byte[] buildInfo) {
    byte[] names = NAMES.getBytes(ISO_8859_1);
    int table = HEADER + names.length + buildInfo.length;
    ByteBuffer elf = ByteBuffer.allocate(table + 3 * HEADER).order(ByteOrder.LITTLE_ENDIAN);
    elf.put("\u007fELF\u0002\u0001\u0001".getBytes(ISO_8859_1));
    elf.putShort(16, (short) 2).putLong(40, table);
    elf.putShort(58, (short) HEADER).putShort(60, (short) 3).putShort(62, (short) 1);
    elf.position(HEADER).put(names).put(buildInfo);
    section(elf, table + HEADER, 1, HEADER, names.length);
    section(elf, table + 2 * HEADER, 11, HEADER + names.length, buildInfo.length);
    return elf.array();
  }

  private static void section(ByteBuffer elf, int at, int name, long offset, long size) {
    elf.putInt(at, name).putLong(at + 24, offset).putLong(at + 32, size);
  }
}
