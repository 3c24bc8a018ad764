package dev.kiln.command;

import dev.kiln.failure.KilnException;

/** The exit codes of every Kiln program. They are documented and stay what they are. */
public enum ExitCode {
  /** Done as asked. */
  OK(0),
  /** Kiln itself is wrong; run again with {@code --debug} and report it. */
  BUG(1),
  /** The command line is wrong. */
  USAGE(2),
  /** A file, an argument's value or received data is wrong. */
  INPUT(3),
  /** A mirror, a tool or another program does not answer. */
  DEPENDENCY(4),
  /** This machine refused: disk, memory, permissions, addresses in use. */
  IO(5),
  /** Understood, but cannot be done here. */
  UNSUPPORTED(6);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  static ExitCode of(KilnException.Kind kind) {
    return switch (kind) {
      case INPUT -> INPUT;
      case DEPENDENCY -> DEPENDENCY;
      case IO -> IO;
      case UNSUPPORTED -> UNSUPPORTED;
      case BUG -> BUG;
    };
  }
}
