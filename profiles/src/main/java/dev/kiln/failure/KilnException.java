package dev.kiln.failure;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of Kiln: a class of failure, from which the exit code follows, and every
 * problem found.
 */
public final class KilnException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Who has to act, which is all that a caller needs to know. */
  public enum Kind {
    /**
     * What the user gave, or what a remote side sent, is wrong: files, arguments, digests,
     * signatures.
     */
    INPUT,
    /** Something Kiln needs does not answer: a mirror, a tool, another program. */
    DEPENDENCY,
    /** This machine refused: disk full, no permission, unreadable file. */
    IO,
    /** The wish is understood, but cannot be met here. */
    UNSUPPORTED,
    /** Kiln itself is wrong. */
    BUG
  }

  /** Of java.io: {@code /srv/x (Permission denied)}. */
  private static final Pattern OLD_FORM = Pattern.compile("(.+) \\(([^()]+)\\)");

  /**
   * Of ProcessBuilder: {@code Cannot run program "x": error=2, No such file or directory}; since
   * Java 25 {@code Cannot run program "x": Exec failed, error: 2 (No such file or directory) }.
   */
  private static final Pattern STARTING =
      Pattern.compile(
          "Cannot run program \".*error(?:=[0-9]+, (?<old>.+)|: [0-9]+ \\((?<reason>.+)\\) ?)",
          Pattern.DOTALL);

  private final Kind kind;
  private final transient List<Problem> problems;
  private final transient List<String> explanation;

  public KilnException(Kind kind, List<Problem> problems, @Nullable Throwable cause) {
    this(kind, problems, List.of(), cause);
  }

  private KilnException(
      Kind kind, List<Problem> problems, List<String> explanation, @Nullable Throwable cause) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")), cause);
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("a failure names at least one problem");
    }
    this.kind = kind;
    this.problems = List.copyOf(problems);
    this.explanation = List.copyOf(explanation);
  }

  public KilnException(Kind kind, String what, String mend) {
    this(kind, List.of(Problem.of(what, mend)), null);
  }

  public KilnException(Kind kind, String what, String mend, Throwable cause) {
    this(kind, List.of(Problem.of(what, mend)), cause);
  }

  /**
   * One of which more can be said than most want to read.
   *
   * @param explanation lines
   */
  public static KilnException explained(
      Kind kind, List<Problem> problems, List<String> explanation) {
    return new KilnException(kind, problems, explanation, null);
  }

  public static KilnException input(String what, String mend) {
    return new KilnException(Kind.INPUT, what, mend);
  }

  public static KilnException dependency(String what, String mend) {
    return new KilnException(Kind.DEPENDENCY, what, mend);
  }

  public static KilnException unsupported(String what, String mend) {
    return new KilnException(Kind.UNSUPPORTED, what, mend);
  }

  /**
   * For an {@link IOException} of this machine's own files.
   *
   * @param doing what was attempted, such as {@code "write /srv/images/x"}
   */
  public static KilnException io(String doing, IOException cause) {
    return new KilnException(
        Kind.IO,
        "cannot " + doing + ": " + reason(doing, cause),
        isFullDisk(String.valueOf(cause.getMessage()))
            ? "Free some space there, and run it again"
            : "Check free space, permissions and the path",
        cause);
  }

  /** Whether words of the kernel, which a command passes on, say that a disk is full. */
  public static boolean isFullDisk(String words) {
    return words.contains("No space left on device") || words.contains("Disk quota exceeded");
  }

  /** In words: some of Java's exceptions say all that they know by their name, and hold a path. */
  public static String reason(IOException cause) {
    return reason("", cause);
  }

  /**
   * The same behind words that say what was attempted: a file that they name is not named again.
   *
   * @param said such as {@code "write /srv/images/x"}
   */
  public static String reason(String said, IOException cause) {
    if (cause instanceof CharacterCodingException) {
      return "it holds what is no text in UTF-8";
    }
    String words = cause.getMessage();
    if (words == null) {
      return "the system gives no reason";
    }
    if (cause instanceof FileSystemException failure) {
      return ofFile(said, failure, words);
    }
    Matcher program = STARTING.matcher(words);
    Matcher old = OLD_FORM.matcher(words);
    if (program.matches()) {
      String reason = program.group("reason");
      return reason == null ? program.group("old") : reason;
    }
    return old.matches() && names(said, old.group(1)) ? old.group(2) : words;
  }

  private static String ofFile(String said, FileSystemException failure, String words) {
    boolean named = failure.getFile() != null && names(said, failure.getFile());
    if (failure.getReason() == null) {
      return (named ? "it" : failure.getFile()) + " " + state(failure);
    }
    return named && failure.getOtherFile() == null ? failure.getReason() : words;
  }

  /** Whether these words hold the path whole, and not one that only begins or ends like it. */
  private static boolean names(String said, String path) {
    return (" " + said + " ").matches("(?s).*[ '\"]" + Pattern.quote(path) + "[ '\",;:].*");
  }

  private static String state(FileSystemException failure) {
    if (failure instanceof NoSuchFileException) {
      return "does not exist";
    }
    if (failure instanceof AccessDeniedException) {
      return "may not be used by this user";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "exists already";
    }
    if (failure instanceof DirectoryNotEmptyException) {
      return "is not empty";
    }
    if (failure instanceof NotDirectoryException) {
      return "is not a directory";
    }
    return failure instanceof NotLinkException ? "is not a symbolic link" : "cannot be used";
  }

  public Kind kind() {
    return kind;
  }

  public List<Problem> problems() {
    return problems;
  }

  /** How it came to that, at length; mostly nothing. */
  public List<String> explanation() {
    return explanation;
  }
}
