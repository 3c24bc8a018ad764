package dev.kiln.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.kiln.file.ExclusiveFile;
import java.io.EOFException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KilnExceptionTest {
  @TempDir private static Path directory;

  /** Where Java's own message is the path alone. */
  @ParameterizedTest
  @MethodSource("failures")
  void saysWhyAFileCannotBeUsed(ThrowingCallable use, String reason) {
    IOException cause = catchThrowableOfType(IOException.class, use);

    assertThat(KilnException.io("use it", cause))
        .hasMessageStartingWith("cannot use it: " + reason + ". ");
  }

  static Stream<Arguments> failures() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    Path absent = directory.resolve("absent");
    return Stream.of(
        failure(() -> Files.size(absent), absent + " does not exist"),
        failure(() -> Files.createFile(file), file + " exists already"),
        failure(() -> Files.delete(directory), directory + " is not empty"),
        failure(() -> Files.newDirectoryStream(file).close(), file + " is not a directory"),
        failure(() -> Files.readSymbolicLink(file), file + " is not a symbolic link"),
        failure(() -> Files.createDirectory(file.resolve("a")), file + "/a: Not a directory"));
  }

  /** Whoever reads it has just read the path. */
  @ParameterizedTest
  @MethodSource("failuresOfWhatIsNamed")
  void namesAFileOnce(Path named, ThrowingCallable use, String reason) {
    IOException cause = catchThrowableOfType(IOException.class, use);

    assertThat(KilnException.io("lock " + named, cause))
        .message()
        .matches(Pattern.quote("cannot lock " + named + ": ") + reason + "\\. Check .*");
  }

  static Stream<Arguments> failuresOfWhatIsNamed() throws IOException {
    Path home = Files.createDirectory(directory.resolve("home"));
    Path file = Files.createFile(home.resolve("file"));
    Path absent = home.resolve("absent/lock");
    Path loop = Files.createSymbolicLink(home.resolve("loop"), Path.of("loop"));
    return Stream.of(
        arguments(absent, take(absent), "it does not exist"),
        arguments(
            file,
            throwing(new AccessDeniedException(file + "")),
            "it may not be used by this user"),
        arguments(file.resolve("lock"), take(file.resolve("lock")), "Not a directory"),
        arguments(loop, take(loop), "Too many levels of symbolic links.*"),
        arguments(
            file,
            throwing(new FileSystemException(file + "", null, "Read-only file system")),
            "Read-only file system"),
        arguments(home, opening(home), "Is a directory"),
        // Another than the one that was named.
        arguments(file, throwing(new NoSuchFileException(home + "")), home + " does not exist"),
        arguments(file, throwing(new FileSystemException(null)), "the system gives no reason"));
  }

  private static ThrowingCallable take(Path file) {
    return () -> ExclusiveFile.take(file);
  }

  private static ThrowingCallable opening(Path file) {
    return () -> new FileOutputStream(file.toFile()).close();
  }

  private static ThrowingCallable throwing(IOException failure) {
    return () -> {
      throw failure;
    };
  }

  @Test
  void saysThatADiskIsFullAndWhatToDo() {
    IOException cause =
        catchThrowableOfType(
            IOException.class, () -> Files.write(Path.of("/dev/full"), new byte[1]));

    assertThat(KilnException.io("write /dev/full", cause))
        .hasMessage(
            "cannot write /dev/full: No space left on device. Free some space there, and run it"
                + " again.");
  }

  @Test
  void saysWhyAProgramDoesNotStart() {
    IOException cause =
        catchThrowableOfType(
            IOException.class, () -> new ProcessBuilder("/no/such/program").start());

    assertThat(KilnException.reason(cause)).isEqualTo("No such file or directory");
  }

  /** In the words of either Java, whichever runs this test. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Cannot run program \"x\": error=13, Permission denied",
        "Cannot run program \"x\" (in directory \"/a (b)\"): error=13, Permission denied",
        "Cannot run program \"x\": Exec failed, error: 13 (Permission denied) ",
        "Cannot run program \"x\" (in directory \"/a (b)\"): Exec failed, error: 13 (Permission"
            + " denied) "
      })
  void knowsTheWordsOfEveryJavaForAProgramThatDoesNotStart(String words) {
    assertThat(KilnException.reason(new IOException(words))).isEqualTo("Permission denied");
  }

  private static Arguments failure(ThrowingCallable use, String reason) {
    return arguments(use, reason);
  }

  @Test
  void leavesTheLinesThatACommandSaidAsTheyAre() {
    assertThat(Problem.of("cannot do it:\nthe last line\n", "Read the lines above"))
        .hasToString("cannot do it:\nthe last line\nRead the lines above.");
    assertThat(Problem.of("cannot do it", "")).hasToString("cannot do it.");
  }

  @Test
  void namesNoExceptionOfJava() {
    assertThat(KilnException.io("read it", new EOFException()))
        .hasMessageStartingWith("cannot read it: the system gives no reason. ");
  }
}
