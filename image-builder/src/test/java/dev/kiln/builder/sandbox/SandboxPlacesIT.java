package dev.kiln.builder.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What programs expect of any machine: devices, terminals, room for the moment, limits. Needs root.
 */
class SandboxPlacesIT {
  @TempDir private Path directory;

  private ImageTree tree;
  private Sandbox sandbox;

  @BeforeEach
  void makeTree() throws IOException {
    tree = ImageTree.at(SmallRoot.make(directory.resolve("root")));
    sandbox =
        new Sandbox(tree, SmallRoot.BUSYBOX, Files.createDirectory(directory.resolve("scratch")));
  }

  @Test
  void letsDevicesBeWrittenAndRead() {
    sandbox
        .run(
            shell(
                """
                set -e
                echo lost > /dev/null
                echo more >> /dev/null
                [ "$(head -c 3 /dev/zero | wc -c)" = 3 ]
                [ "$(head -c 3 /dev/urandom | wc -c)" = 3 ]
                ! echo x > /dev/full
                echo shared > /dev/shm/file
                [ "$(stat -c %a /dev/shm)" = 1777 ]
                """))
        .orFail("use them");
  }

  /** Of its own, as programs open them that talk to others by a terminal: expect(1), script(1). */
  @Test
  void letsACommandOpenTerminalsAndGivesItNone() {
    Exit exit =
        sandbox.run(
            shell(
                """
                exec 3<> /dev/ptmx
                ls /dev/pts
                stat -c '%a %g' /dev/pts/0
                tty
                : < /dev/tty
                """));

    assertThat(exit.output())
        .isEqualTo(
            """
            0
            ptmx
            620 5
            not a tty
            /bin/sh: can't open /dev/tty: No such device or address
            """);
  }

  /** A script may need GiB there: it is not memory where the tree is none. */
  @Test
  void givesACommandThatChangesItsTreeAnEmptyPlaceForTheMomentOnTheTreesOwnDisk() {
    Exit first =
        sandbox.run(
            shell(
                "ls -A /tmp; stat -c %a /tmp; echo kept > /tmp/file;"
                    + " stat -f -c %i /tmp > /one; stat -f -c %i / > /other; cmp /one /other"));
    Exit second = sandbox.run(shell("ls -A /tmp"));

    assertThat(first).isEqualTo(new Exit(0, "1777\n", false));
    assertThat(second).isEqualTo(new Exit(0, "", false));
  }

  @Test
  void hasNoLimitsOfTheHost() {
    String limits = "ulimit -c; ulimit -S -s; ulimit -S -n";

    assertThat(sandbox.run(shell(limits)).output()).isEqualTo("0\n8192\n1024\n");
  }

  private Command shell(String commands) {
    return Command.in(tree, "/bin/sh", "-c", commands);
  }
}
