package dev.kiln.bootserver.store.sqlite;

import dev.kiln.failure.KilnException;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite cannot do with a file of the state, as what is wrong, where, and how to mend it. */
final class StateTrouble {
  /** Extended result codes carry the primary one in their lowest octet. */
  private static final int PRIMARY = 0xff;

  private StateTrouble() {}

  /** Whether the change itself was wrong, and the next one may go well. */
  static boolean isOfTheChange(Exception failure) {
    if (!(failure instanceof SQLException)) {
      return !(failure instanceof KilnException);
    }
    return switch (code(failure)) {
      case SQLITE_ERROR,
          SQLITE_CONSTRAINT,
          SQLITE_MISMATCH,
          SQLITE_TOOBIG,
          SQLITE_RANGE,
          SQLITE_MISUSE ->
          true;
      default -> false;
    };
  }

  /** The same failure in words. */
  static KilnException of(StateFile file, Exception failure) {
    if (failure instanceof KilnException known) {
      return known;
    }
    String words = String.valueOf(failure.getMessage());
    return switch (code(failure)) {
      case SQLITE_CORRUPT, SQLITE_NOTADB -> damaged(file, words, failure);
      case SQLITE_FULL ->
          io("the disk of " + file.path() + " is full", "Free some space there", failure);
      case SQLITE_BUSY, SQLITE_LOCKED ->
          io(
              "another program keeps " + file.path() + " locked",
              "End it; a copy is made with 'sqlite3 FILE .backup', which locks nobody out",
              failure);
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN, SQLITE_AUTH ->
          io(
              "the state in " + file.path() + " may not be written: " + words,
              "See with 'findmnt -T' whether its file system is mounted read-only, and whose it and"
                  + " its directory are",
              failure);
      default ->
          io(
              "the state in " + file.path() + " cannot be read or written: " + words,
              "Look into the kernel's log for errors of its disk, and at free space",
              failure);
    };
  }

  /**
   * The file holds what SQLite did not write.
   *
   * @param words what SQLite found
   */
  static KilnException damaged(StateFile file, String words, Exception cause) {
    return io(
        "the state in " + file.path() + " is damaged: " + words,
        "Put a copy back, or move it away with its -wal and -shm: " + file.schema().whenLost(),
        cause);
  }

  /** Whether SQLite found that in the file which it did not write. */
  static boolean isDamage(Exception failure) {
    return switch (code(sqlite(failure))) {
      case SQLITE_CORRUPT, SQLITE_NOTADB -> true;
      default -> false;
    };
  }

  /** The same as a sentence, without what a person could do about it. */
  static String isDamagedIn(StateFile file, Exception failure) {
    return "The state in " + file.path() + " is damaged: " + sqlite(failure).getMessage() + ".";
  }

  private static Throwable sqlite(Exception failure) {
    return failure instanceof KilnException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private static KilnException io(String what, String mend, Exception cause) {
    return new KilnException(KilnException.Kind.IO, what, mend, cause);
  }

  private static SQLiteErrorCode code(Throwable failure) {
    return failure instanceof SQLiteException known
        ? SQLiteErrorCode.getErrorCode(known.getResultCode().code & PRIMARY)
        : SQLiteErrorCode.UNKNOWN_ERROR;
  }
}
