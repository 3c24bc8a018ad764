package dev.kiln.builder.elf;

import dev.kiln.failure.KilnException;
import dev.kiln.failure.Shown;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * A 64-bit little-endian program or shared object, as far as it says what it is loaded with. It is
 * read, never run: it may be another machine's.
 *
 * @param machine the architecture's number (e_machine)
 * @param interpreter the path of its dynamic linker; only a program has one
 * @param needed the names of the libraries it is linked to, in its order
 */
public record ElfFile(int machine, Optional<String> interpreter, List<String> needed) {
  /** Bytes of the header, which is at the start of a file. */
  public static final int HEADER_SIZE = 64;

  private static final int CLASS_64 = 2;
  private static final int LITTLE_ENDIAN = 1;
  private static final int TYPE_PROGRAM = 2;
  private static final int TYPE_SHARED = 3;
  private static final int MOST_NAMES = 1000;
  private static final int MOST_NAME = 255;

  /** A library's name is no path; an interpreter's is absolute. */
  private static final Pattern LIBRARY = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+-]*");

  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_][A-Za-z0-9._+-]*)+");

  public ElfFile {
    needed = List.copyOf(needed);
  }

  /**
   * Whether a file that starts so is a program or shared object.
   *
   * @param start {@link #HEADER_SIZE} bytes; of a shorter file all it has
   */
  public static boolean isProgram(byte[] start) {
    return start.length >= HEADER_SIZE
        && start[0] == 0x7f
        && start[1] == 'E'
        && start[2] == 'L'
        && start[3] == 'F'
        && start[4] == CLASS_64
        && start[5] == LITTLE_ENDIAN
        // A program linked to a fixed address, or one that may be put anywhere.
        && (start[16] == TYPE_PROGRAM || start[16] == TYPE_SHARED)
        && start[17] == 0;
  }

  /**
   * Reads one.
   *
   * @param name of the file, for messages
   * @param content all of it
   * @throws KilnException of kind INPUT where it is none, or where it contradicts itself
   */
  public static ElfFile read(String name, byte[] content) {
    if (!isProgram(content)) {
      throw broken(name, "is no 64-bit little-endian ELF file");
    }
    return new Reader(name, ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN)).read();
  }

  private static KilnException broken(String name, String what) {
    return KilnException.input(name + " " + what, "Check the package that brings it");
  }

  /** Reads the program header: what it points to is believed only where it is in the file. */
  private record Reader(String name, ByteBuffer bytes) {
    private static final int PROGRAM_HEADER_SIZE = 56;
    private static final int DYNAMIC_SIZE = 16;
    private static final int LOAD = 1;
    private static final int DYNAMIC = 2;
    private static final int INTERPRETER = 3;
    private static final long END = 0;
    private static final long NEEDED = 1;
    private static final long STRINGS = 5;

    /** A part of the file, and where it is in memory. */
    private record Segment(int type, long offset, long address, long size) {
      /** Where in the file an address is. */
      OptionalLong offsetOf(long wanted) {
        return wanted >= address && wanted - address < size
            ? OptionalLong.of(offset + (wanted - address))
            : OptionalLong.empty();
      }
    }

    ElfFile read() {
      List<Segment> segments = segments();
      Optional<String> interpreter =
          segments.stream()
              .filter(each -> each.type() == INTERPRETER)
              .findFirst()
              .map(each -> text(each.offset(), PATH));
      List<String> needed =
          segments.stream()
              .filter(each -> each.type() == DYNAMIC)
              .findFirst()
              .map(each -> needed(each, segments))
              .orElse(List.of());
      return new ElfFile(Short.toUnsignedInt(bytes.getShort(18)), interpreter, needed);
    }

    private List<Segment> segments() {
      long table = bytes.getLong(32);
      int size = Short.toUnsignedInt(bytes.getShort(54));
      int count = Short.toUnsignedInt(bytes.getShort(56));
      if (count > 0 && size != PROGRAM_HEADER_SIZE) {
        throw broken(name, "has program headers of " + size + " bytes");
      }
      requireInside(table, (long) count * size);
      List<Segment> segments = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int at = Math.toIntExact(table) + i * size;
        Segment segment =
            new Segment(
                bytes.getInt(at),
                bytes.getLong(at + 8),
                bytes.getLong(at + 16),
                bytes.getLong(at + 32));
        if (segment.type() == LOAD || segment.type() == DYNAMIC || segment.type() == INTERPRETER) {
          requireInside(segment.offset(), segment.size());
          segments.add(segment);
        }
      }
      return segments;
    }

    private List<String> needed(Segment dynamic, List<Segment> segments) {
      List<Long> names = new ArrayList<>();
      OptionalLong strings = OptionalLong.empty();
      for (long at = dynamic.offset();
          at <= dynamic.offset() + dynamic.size() - DYNAMIC_SIZE;
          at += DYNAMIC_SIZE) {
        long tag = bytes.getLong(Math.toIntExact(at));
        long value = bytes.getLong(Math.toIntExact(at) + 8);
        if (tag == END) {
          break;
        } else if (tag == NEEDED && names.size() < MOST_NAMES) {
          names.add(value);
        } else if (tag == NEEDED) {
          throw broken(name, "needs more than " + MOST_NAMES + " libraries");
        } else if (tag == STRINGS) {
          strings = offsetOf(value, segments);
        }
      }
      List<String> needed = new ArrayList<>();
      for (long each : names) {
        long table = strings.orElseThrow(() -> broken(name, "has names, and no table of them"));
        requireInside(table, each);
        needed.add(text(table + each, LIBRARY));
      }
      return needed;
    }

    private static OptionalLong offsetOf(long address, List<Segment> segments) {
      return segments.stream()
          .filter(each -> each.type() == LOAD)
          .flatMapToLong(each -> each.offsetOf(address).stream())
          .findFirst();
    }

    /** A text that ends with a zero. */
    private String text(long offset, Pattern form) {
      StringBuilder text = new StringBuilder();
      for (long at = offset; at < bytes.limit() && text.length() <= MOST_NAME; at++) {
        byte next = bytes.get(Math.toIntExact(at));
        if (next == 0) {
          return checked(text.toString(), form);
        }
        text.append((char) (next & 0xff));
      }
      throw broken(name, "has a name without an end");
    }

    private String checked(String text, Pattern form) {
      if (!form.matcher(text).matches()) {
        throw broken(
            name, "needs '" + Shown.of(text) + "', which is no name of a library or linker");
      }
      return text;
    }

    private void requireInside(long offset, long size) {
      if (offset < 0 || size < 0 || offset > bytes.limit() || size > bytes.limit() - offset) {
        throw broken(name, "points behind its own end");
      }
    }
  }
}
