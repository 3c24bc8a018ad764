package dev.kiln.builder.key;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A part of Kiln that shapes bytes. Its number is raised when equal inputs give other bytes: it is
 * in the key of everything the part has a hand in. A script that is hashed into a key itself needs
 * no number. What each number stands for is kept in a file of the tests, {@code formats.golden}.
 */
public enum Format {
  READY(1, "how strictly a package is read, and how it is written ready to install"),
  BOOTSTRAP(2, "the packages that Kiln itself unpacks, their order, and a merged /usr"),
  BASE(1, "how the base system is kept, and put back, and what time its scripts are told"),
  SANDBOX(4, "what commands and maintainer scripts find: environment, directories, rights, names"),
  SEALING(4, "what of an installed tree is no part of its layer"),
  TIMES(2, "the time of each path of the os layer"),
  PARTS(2, "how pins, built pins and Kiln's own files become the tree of a layer"),
  SQUASHFS(1, "how mksquashfs is asked to write a tree"),
  VERITY(1, "a layer's hash tree: its parameters, salt and UUID"),
  KERNEL(2, "the modules and the firmware that are taken for an initrd"),
  INITRD(1, "an initrd's files, and how they are archived and compressed"),
  KIT(2, "how the packages of the kit are unpacked");

  private final int number;
  private final String sentence;

  Format(int number, String sentence) {
    this.number = number;
    this.sentence = sentence;
  }

  public int number() {
    return number;
  }

  /** All of them by their words, for an image's provenance. */
  public static Map<String, Integer> numbers() {
    return Stream.of(values()).collect(Collectors.toMap(Format::word, Format::number));
  }

  /** What it is about. */
  public String sentence() {
    return sentence;
  }

  /** As keys name it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
