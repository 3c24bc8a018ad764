package dev.kiln.builder.deb;

/** The kinds of entries a package may hold. */
enum EntryType {
  FILE('0'),
  HARD_LINK('1'),
  SYMBOLIC_LINK('2'),
  DIRECTORY('5');

  private final char flag;

  EntryType(char flag) {
    this.flag = flag;
  }

  /** The header's type byte (POSIX.1-1988, ustar). */
  char flag() {
    return flag;
  }
}
