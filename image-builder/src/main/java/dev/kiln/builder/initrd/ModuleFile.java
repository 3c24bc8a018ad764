package dev.kiln.builder.initrd;

import com.github.luben.zstd.ZstdInputStream;
import dev.kiln.failure.KilnException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;

/** One kernel module, plain or compressed as depmod(8) knows it. */
final class ModuleFile {
  /** Bytes; the largest module of a distribution's kernel has some 30 MiB. */
  static final int MOST = 128 << 20;

  private static final int MOST_XZ_MEMORY_KIB = 128 << 10;

  /** Names with other characters (patterns, blanks) are of no file. */
  private static final Pattern FIRMWARE =
      Pattern.compile("\0firmware=([A-Za-z0-9._/+@,=-]{1,200})(?=\0)");

  private final byte[] file;
  private final String name;

  /**
   * A module.
   *
   * @param file its bytes
   * @param name below the modules' directory
   */
  ModuleFile(byte[] file, String name) {
    this.file = file;
    this.name = name;
  }

  /** What it says it loads from {@code /lib/firmware}: plain paths of its .modinfo section. */
  SortedSet<String> firmware() {
    SortedSet<String> firmware = new TreeSet<>();
    Matcher matcher = FIRMWARE.matcher(new String(content(), StandardCharsets.ISO_8859_1));
    while (matcher.find()) {
      firmware.add(PlainPath.require(matcher.group(1), "the firmware of " + name));
    }
    return firmware;
  }

  private byte[] content() {
    try (InputStream in = open()) {
      byte[] content = in.readNBytes(MOST + 1);
      if (content.length > MOST) {
        throw KilnException.input(
            name + " has more than " + MOST + " bytes", "Check the package that brings it");
      }
      return content;
    } catch (IOException e) {
      throw KilnException.io("read the module " + name, e);
    }
  }

  private InputStream open() throws IOException {
    InputStream in = new ByteArrayInputStream(file);
    if (name.endsWith(".xz")) {
      return new XZInputStream(in, MOST_XZ_MEMORY_KIB);
    }
    if (name.endsWith(".zst")) {
      return new ZstdInputStream(in);
    }
    return name.endsWith(".gz") ? new GZIPInputStream(in) : in;
  }
}
