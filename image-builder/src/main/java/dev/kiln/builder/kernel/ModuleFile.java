package dev.kiln.builder.kernel;

import java.nio.charset.StandardCharsets;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One kernel module as it goes into an initrd: not compressed, for no modprobe of busybox reads
 * every compression, and the initrd is compressed as a whole.
 */
final class ModuleFile {
  /** Bytes; the largest module of a distribution's kernel has some 30 MiB. */
  static final int MOST = 128 << 20;

  /** Names with other characters (patterns, blanks) are of no file. */
  private static final Pattern FIRMWARE =
      Pattern.compile("\0firmware=([A-Za-z0-9._/+@,=-]{1,200})(?=\0)");

  private final String name;
  private final byte[] content;

  private ModuleFile(String name, byte[] content) {
    this.name = name;
    this.content = content;
  }

  /**
   * Takes a module out of its file.
   *
   * @param name of the file, below the modules' directory
   */
  static ModuleFile read(String name, byte[] file) {
    return new ModuleFile(CompressedFile.plainName(name), CompressedFile.content(name, file, MOST));
  }

  /** Below the modules' directory, without the end that tells of compression. */
  String name() {
    return name;
  }

  byte[] content() {
    return content;
  }

  /** What it says it loads from {@code /lib/firmware}: plain paths of its .modinfo section. */
  SortedSet<String> firmware() {
    SortedSet<String> firmware = new TreeSet<>();
    Matcher matcher = FIRMWARE.matcher(new String(content, StandardCharsets.ISO_8859_1));
    while (matcher.find()) {
      firmware.add(PlainPath.require(matcher.group(1), "the firmware of " + name));
    }
    return firmware;
  }
}
