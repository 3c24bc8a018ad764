package dev.kiln.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExclusiveFileTest {
  @TempDir private Path directory;

  @Test
  void isInOneHandUntilItIsGivenBack() throws Exception {
    Path lock = directory.resolve("lock");
    ExclusiveFile first = ExclusiveFile.take(lock).orElseThrow();

    assertThat(ExclusiveFile.take(lock)).isEmpty();
    assertThat(ExclusiveFile.take(directory.resolve("other/../lock"))).isEmpty();

    first.close();
    ExclusiveFile second = ExclusiveFile.take(lock).orElseThrow();
    first.close();
    assertThat(ExclusiveFile.take(lock)).isEmpty();
    second.close();
  }

  @Test
  void tellsWhoHasIt() throws Exception {
    Path lock = directory.resolve("lock");
    assertThat(ExclusiveFile.holder(lock)).isEmpty();

    try (ExclusiveFile ignored = ExclusiveFile.take(lock).orElseThrow()) {
      assertThat(ExclusiveFile.holder(lock)).contains(ProcessHandle.current().pid());
      assertThat(takenElsewhere(lock)).isFalse();
    }

    assertThat(takenElsewhere(lock)).isTrue();
    assertThat(ExclusiveFile.holder(lock))
        .hasValueSatisfying(pid -> assertThat(pid).isNotEqualTo(ProcessHandle.current().pid()));
  }

  /** An attempt that fails must not let go what another thread of this process has. */
  @Test
  void staysLockedForOtherProcessesWhenThisOneAsksInVain() throws Exception {
    Path lock = directory.resolve("lock");
    try (ExclusiveFile ignored = ExclusiveFile.take(lock).orElseThrow()) {
      assertThat(takenElsewhere(lock)).isFalse();
      assertThat(ExclusiveFile.take(lock)).isEmpty();
      assertThat(takenElsewhere(lock)).isFalse();
    }
    assertThat(takenElsewhere(lock)).isTrue();
  }

  /** Whether another process can take it. */
  private static boolean takenElsewhere(Path lock) throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Taker.class.getName(),
                lock.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(other.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return other.exitValue() == 0;
  }

  /** Ends with 0 where it could take the file, and with 1 where not. */
  static final class Taker {
    private Taker() {}

    public static void main(String[] arguments) throws Exception {
      System.exit(ExclusiveFile.take(Path.of(arguments[0])).isPresent() ? 0 : 1);
    }
  }
}
