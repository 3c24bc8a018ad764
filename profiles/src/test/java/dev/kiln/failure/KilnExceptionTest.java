package dev.kiln.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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
