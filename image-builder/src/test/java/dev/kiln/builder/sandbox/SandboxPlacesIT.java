package dev.kiln.builder.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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

  @Test
  void tellsOfACommandThatSaysNothingAndEndsOneThatHangs() {
    List<String> words = new CopyOnWriteArrayList<>();

    Exit exit =
        sandbox.run(
            shell("echo Setting up sleeper; sleep 100000"),
            line -> {},
            new Silence(words::add, Duration.ofMillis(200), Duration.ofSeconds(2)));

    assertThat(exit.status()).isNotZero();
    assertThat(exit.output())
        .isEqualTo("Setting up sleeper\nit was ended: it had said nothing for 2 s\n");
    String last = "; the last line was: Setting up sleeper";
    // On a busy machine it takes longer until it says something.
    assertThat(words)
        .allMatch(word -> word.matches("nothing was said for [01] s(" + last + ")?"))
        .filteredOn(word -> word.endsWith(last))
        .hasSizeGreaterThan(1);
  }

  @Test
  void hasAnInterfaceThatIsUpAsScriptsExpectOfAnyMachine() {
    Exit exit = sandbox.run(shell("ip addr show lo"));

    assertThat(exit.output()).contains("inet 127.0.0.1/8");
  }

  @Test
  void hasNoNameOfTheHost() throws IOException {
    String host = Files.readString(Path.of("/proc/sys/kernel/hostname"));

    assertThat(sandbox.run(shell("hostname; cat /proc/sys/kernel/hostname")).output())
        .isEqualTo("localhost\nlocalhost\n");
    assertThat(Path.of("/proc/sys/kernel/hostname")).hasContent(host);
  }

  /** What names the machine, its disks, its cards and how it was started. */
  @Test
  void showsNothingOfTheMachineInProcThatIsNotAMeasure() throws Exception {
    String tried =
        """
        cat /proc/sys/kernel/domainname
        cd /proc
        cat cmdline diskstats interrupts iomem ioports mdstat modules partitions swaps timer_list
        for each in acpi asound bus driver fs irq scsi; do [ ! -d $each ] || ls -A $each; done
        : > cmdline
        """;

    assertThat(Files.readString(Path.of("/proc/cmdline"))).isNotBlank();
    assertThat(inADomain("example.nis", tried).lines().filter(line -> !line.contains("No such")))
        .containsExactly("(none)", "/bin/sh: can't create cmdline: Read-only file system");
  }

  /** What a command prints on a machine that has a domain of NIS. */
  private String inADomain(String domain, String commands) throws Exception {
    List<String> line =
        new ArrayList<>(
            List.of("unshare", "--uts", "sh", "-c", "domainname " + domain + "; exec \"$@\"", "-"));
    line.addAll(
        SandboxWorker.command(
            directory.resolve("scratch"), directory.resolve("root"), "/bin/sh", "-c", commands));
    Process worker = new ProcessBuilder(line).redirectErrorStream(true).start();
    return new String(worker.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private Command shell(String commands) {
    return Command.in(tree, "/bin/sh", "-c", commands);
  }
}
