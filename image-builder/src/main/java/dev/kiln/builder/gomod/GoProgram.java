package dev.kiln.builder.gomod;

import dev.kiln.builder.elf.ElfSection;
import dev.kiln.failure.KilnException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What Go's linker wrote into a program of what it is made of (https://pkg.go.dev/debug/buildinfo,
 * {@code runtime/debug.BuildInfo}): what {@code go version -m} prints. It is read, never run.
 *
 * @param toolchain such as {@code go1.26.10}; its standard library is in the program
 * @param modules whose packages are in the program, as they were taken: a replaced one is not named
 */
public record GoProgram(String toolchain, List<Module> modules) {
  private static final String SECTION = ".go.buildinfo";

  /** Of the section; kubelet's, with 200 modules, has 20,000 bytes. */
  private static final int MOST = 4 << 20;

  private static final byte[] MAGIC = {
    (byte) 0xff, ' ', 'G', 'o', ' ', 'b', 'u', 'i', 'l', 'd', 'i', 'n', 'f', ':'
  };
  private static final int FLAGS = 15;
  private static final int TEXTS_FOLLOW = 2;
  private static final int HEADER = 32;

  /** The version of what was built where it lay. */
  private static final String UNPUBLISHED = "(devel)";

  /** Random bytes around the modules, by which debuggers find them in memory. */
  private static final int FENCE = 16;

  public GoProgram {
    modules = List.copyOf(modules);
  }

  /**
   * A module in it.
   *
   * @param hash as {@code go.sum} has it
   */
  public record Module(String path, String version, String hash) {}

  /**
   * Reads what a program says.
   *
   * @return empty where it is none of Go's, or of a Go older than 1.18
   * @throws KilnException of kind INPUT where it contradicts itself
   */
  public static Optional<GoProgram> read(Path program) {
    return ElfSection.read(program, SECTION, MOST)
        .filter(GoProgram::isKnown)
        .map(section -> of(program.toString(), section));
  }

  private static boolean isKnown(byte[] section) {
    return section.length >= HEADER
        && Arrays.equals(section, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
        && (section[FLAGS] & TEXTS_FOLLOW) != 0;
  }

  private static GoProgram of(String name, byte[] section) {
    ByteBuffer bytes = ByteBuffer.wrap(section).position(HEADER);
    String toolchain = new String(text(name, bytes), StandardCharsets.UTF_8);
    byte[] fenced = text(name, bytes);
    if (fenced.length < 2 * FENCE) {
      return new GoProgram(toolchain, List.of());
    }
    String lines = new String(fenced, FENCE, fenced.length - 2 * FENCE, StandardCharsets.UTF_8);
    return new GoProgram(toolchain, modules(name, lines));
  }

  private static List<Module> modules(String name, String lines) {
    List<Module> modules = new ArrayList<>();
    int withoutHash = 0;
    for (String line : lines.split("\n", -1)) {
      String[] words = line.split("\t", -1);
      boolean used = isUsed(words);
      // One that is replaced has no hash; what is taken for it follows, and has.
      if (used && words.length == 3) {
        withoutHash++;
      } else if (used || words[0].equals("=>")) {
        if (words.length != 4) {
          throw broken(name);
        }
        withoutHash -= words[0].equals("=>") ? 1 : 0;
        modules.add(new Module(words[1], words[2], words[3]));
      }
    }
    if (withoutHash != 0) {
      throw broken(name);
    }
    return modules;
  }

  /** A dependency, or the module of what was built where that is not of here alone. */
  private static boolean isUsed(String[] words) {
    return words[0].equals("dep")
        || (words[0].equals("mod") && !(words.length > 2 && words[2].equals(UNPUBLISHED)));
  }

  /** Behind its length, which is written in groups of seven bits, the lowest first. */
  private static byte[] text(String name, ByteBuffer bytes) {
    long length = 0;
    for (int shift = 0; ; shift += 7) {
      if (!bytes.hasRemaining() || shift > 28) {
        throw broken(name);
      }
      byte group = bytes.get();
      length |= (long) (group & 0x7f) << shift;
      if (group >= 0) {
        break;
      }
    }
    if (length > bytes.remaining()) {
      throw broken(name);
    }
    byte[] text = new byte[(int) length];
    bytes.get(text);
    return text;
  }

  private static KilnException broken(String name) {
    return KilnException.input(
        name + " says in a damaged way which Go modules it is made of",
        "Look through the cache with 'builder cache verify', and check what made it");
  }
}
