package dev.kiln.builder.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real sandbox with the host's static busybox in it. Needs root. */
class SandboxIT {
  @TempDir private Path directory;

  private Path root;
  private ImageTree tree;
  private Path shared;
  private Sandbox sandbox;

  @BeforeEach
  void makeTree() throws Exception {
    UserNamespaces.require();
    root = SmallRoot.make(directory.resolve("root"));
    shared = Files.createDirectory(directory.resolve("shared"));
    Files.writeString(shared.resolve("file"), "of the host");
    tree = ImageTree.at(root);
    sandbox =
        new Sandbox(tree, SmallRoot.BUSYBOX, Files.createDirectory(directory.resolve("scratch")));
  }

  @Test
  void showsTheTreeAndItsBindsAndNothingElse() {
    Exit exit =
        sandbox.run(
            shell(
                    "echo /*; echo /run/*/* /tmp/*/*; echo /dev/*; echo /proc/[0-9]*; ls -d "
                        + shared)
                .with(Bind.readOnly(shared, "/run/some"))
                .with(Bind.writable(shared.resolve("file"), "/tmp/other/file")));

    assertThat(exit.output())
        .startsWith(
            """
            /bin /dev /proc /run /tmp
            /run/some/file /tmp/other/file
            /dev/fd /dev/full /dev/null /dev/ptmx /dev/pts /dev/random /dev/shm /dev/stderr \
            /dev/stdin /dev/stdout /dev/tty /dev/urandom /dev/zero
            /proc/1
            """)
        .contains("No such file or directory");
  }

  /** As a bake has two: one of its tools, and one of the initrd's. */
  @Test
  void runsWhatItShouldWhileOthersAreMadeBesideIt() throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    CompletableFuture<Void> others =
        CompletableFuture.runAsync(
            () -> {
              while (!enough.get()) {
                new Sandbox(tree, SmallRoot.BUSYBOX, directory.resolve("scratch"));
              }
            });
    try {
      for (int run = 0; run < 50; run++) {
        assertThat(sandbox.run(shell("echo done")).output()).isEqualTo("done\n");
      }
    } finally {
      enough.set(true);
      others.join();
    }
  }

  @Test
  void showsNothingOfTheHostsEnvironment() {
    Exit exit = sandbox.run(Command.in(tree, "/bin/busybox", "env").with("ADDED", "by the caller"));

    assertThat(System.getenv()).hasSizeGreaterThan(4);
    assertThat(exit.output().lines())
        .containsExactlyInAnyOrder(
            "ADDED=by the caller",
            "HOME=/root",
            "LC_ALL=C.UTF-8",
            "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
            "TZ=UTC");
  }

  @Test
  void reachesNoNetwork() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = server.getLocalPort();
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(socket.isConnected()).isTrue();
      }

      Exit exit =
          sandbox.run(
              shell(
                  "ip -o link; nc -w 5 127.0.0.1 "
                      + port
                      + " < /dev/null && echo reached; nc -w 5 192.0.2.1 1 < /dev/null"));

      assertThat(exit.output())
          .doesNotContain("reached")
          .contains("Connection refused", "Network is unreachable");
      assertThat(exit.output().lines().filter(line -> line.matches("\\d+: .*")))
          .singleElement()
          .asString()
          .startsWith("1: lo: <LOOPBACK,UP,LOWER_UP> ");
    }
  }

  /** Each of these is what a script that runs as root would try. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "mount -o remount,bind,rw /run/some",
        "umount /run/some",
        "mount -o bind /run/some /tmp && mount -o remount,bind,rw /tmp",
        "unshare -U -r -m mount -o remount,bind,rw /run/some"
      })
  void keepsWhatIsReadOnlyAsItIs(String attempt) {
    Exit exit =
        sandbox.run(
            shell(
                    attempt
                        + "; echo changed > /run/some/file; unshare -U -r -m sh -c '"
                        + attempt
                        + "; echo changed > /run/some/file'; cat /run/some/file")
                .with(Bind.readOnly(shared, "/run/some")));

    assertThat(exit.output()).endsWith("of the host\n");
    assertThat(shared.resolve("file")).hasContent("of the host");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cat /proc/sys/kernel/core_pattern > /proc/sys/kernel/core_pattern",
        "mknod /tmp/node b 7 0",
        "mknod /dev/node c 1 1",
        "mount -t tmpfs tmp /tmp",
        "mount -t proc proc /tmp",
        "unshare -U -r -m -p -f mount -t proc proc /tmp",
        "chroot / true",
        "ip link set lo down",
        "hostname other"
      })
  void letsRootDoNothingThatTouchesTheMachine(String attempt) {
    assertThat(sandbox.run(shell(attempt)).status()).isNotZero();
  }

  /** What is not the command's own: devices and proc are the host's, wherever they are mounted. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "chmod 000 /dev/null /dev/zero /dev/full /dev/random /dev/urandom /dev/tty",
        "chown 33:44 /dev/null /dev/zero /dev/full /dev/random /dev/urandom /dev/tty",
        "touch -d @1 /dev/null /dev/zero /dev/full /dev/random /dev/urandom /dev/tty",
        "rm /dev/null",
        "mv /dev/null /dev/other",
        "chmod 000 /proc/meminfo /proc/self/status",
        "chown 33:44 /proc/meminfo",
        "chmod 666 /proc/version /proc/sys/kernel/core_pattern",
        "echo 1 > /proc/self/oom_score_adj",
        "chmod 000 /run/some /run/some/file",
        "chown 33:44 /run/some /run/some/file",
        "touch -d @1 /run/some /run/some/file",
        "ln /run/some/file /run/some/more"
      })
  void letsRootChangeNothingOfWhatItSharesWithTheHost(String attempt) throws IOException {
    String before = sharedFiles();

    Exit exit = sandbox.run(shell(attempt).with(Bind.readOnly(shared, "/run/some")));

    assertThat(exit.status()).isNotZero();
    assertThat(sharedFiles()).isEqualTo(before);
  }

  @Test
  void letsACommandOfATreeThatIsSharedChangeNothingOfIt() {
    String attempts = "echo x > /file; mkdir /directory; chmod 000 /bin; touch -d @1 /bin/sh; ls /";

    Exit exit = sandbox.run(Command.of(tree, "/bin/sh", "-c", attempts));

    assertThat(exit.output()).endsWith("\nbin\ndev\nproc\nrun\ntmp\n");
    assertThat(exit.output().lines().filter(line -> line.contains("Read-only file system")))
        .hasSize(4);
  }

  @Test
  void letsRootDoWhatInstallingPackagesTakes() {
    sandbox
        .run(
            shell(
                """
                set -e
                echo a > /file
                chown 33:44 /file
                chmod 04711 /file
                echo b >> /file
                mkdir -m 0700 /closed
                chown 33:44 /closed
                echo c > /closed/file
                [ "$(stat -c '%a %u %g' /closed)" = '700 33 44' ]
                """))
        .orFail("do it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"proc", "dev", "tmp", "run"})
  void refusesATreeInWhichAMountPointIsALink(String name) throws IOException {
    Path victim = Files.createDirectory(directory.resolve("victim"));
    Files.createSymbolicLink(root.resolve(name), victim);

    Exit exit = sandbox.run(shell("true"));

    assertThat(exit.status()).isEqualTo(125);
    assertThat(exit.output()).contains("/" + name + " of the tree is a symbolic link");
    assertThat(victim).isEmptyDirectory();
  }

  @Test
  void leavesNothingMountedOnTheHost() throws IOException {
    List<String> before = Files.readAllLines(Path.of("/proc/self/mountinfo"));

    sandbox.run(shell("true").with(Bind.readOnly(shared, "/run/some"))).orFail("do nothing");

    assertThat(Files.readAllLines(Path.of("/proc/self/mountinfo"))).isEqualTo(before);
    assertThat(root.resolve("run")).isEmptyDirectory();
  }

  @Test
  void tellsHowACommandEndedAndWhatItSaidLast() {
    assertThat(sandbox.run(shell("echo out; echo err >&2; exit 7")))
        .isEqualTo(new Exit(7, "out\nerr\n", false));
    assertThat(sandbox.run(shell("sh -c 'kill -9 $$'; exit $?")).status()).isEqualTo(128 + 9);
    assertThat(sandbox.run(Command.in(tree, "/bin/absent")))
        .satisfies(exit -> assertThat(exit.status()).isEqualTo(127))
        .satisfies(exit -> assertThat(exit.output()).contains("/bin/absent"));
    assertThatThrownBy(() -> sandbox.run(shell("echo why; false")).orFail("bake a cake"))
        .isInstanceOf(KilnException.class)
        .hasMessage(
            "cannot bake a cake: the command ended with status 1:\nwhy\nThe last lines above name the"
                + " cause.");
  }

  @Test
  void keepsOnlyTheEndOfMuchOutputAndNoEndlessLine() {
    List<Integer> lengths = new ArrayList<>();

    Exit exit =
        sandbox.run(
            shell("head -c 50000000 /dev/zero | tr '\\0' x; echo; yes | head -n 100000; echo end"),
            in -> {},
            line -> lengths.add(line.length()));

    assertThat(exit.output()).endsWith("y\nend\n").hasSizeLessThan(32 << 10);
    assertThat(lengths).allMatch(length -> length < 10_000);
    assertThat(lengths.stream().mapToLong(Integer::longValue).sum()).isEqualTo(50_100_003);
  }

  @Test
  void feedsBigInput() {
    byte[] input = new byte[20_000_000];

    Exit exit = sandbox.run(shell("sha256sum"), in -> in.write(input), line -> {});

    assertThat(exit).isEqualTo(new Exit(0, Digest.of(input).hex() + "  -\n", false));
  }

  @Test
  void takesTheWordOfACommandThatDoesNotReadItsInput() {
    byte[] input = new byte[20_000_000];

    assertThat(sandbox.run(shell("exit 3"), in -> in.write(input), line -> {}).status())
        .isEqualTo(3);
  }

  /** Cut off input may look whole to the command: that it succeeds says nothing. */
  @Test
  void failsWhenItsInputCannotBeMade() {
    assertThatThrownBy(
            () ->
                sandbox.run(
                    shell("cat"),
                    in -> {
                      in.write('x');
                      throw KilnException.input("the package is hostile", "Do not use it");
                    },
                    line -> {}))
        .hasMessageContaining("the package is hostile");
    assertThatThrownBy(
            () ->
                sandbox.run(
                    shell("cat"),
                    in -> {
                      throw new IOException("the disk is tired");
                    },
                    line -> {}))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("the disk is tired");
  }

  @Test
  void diesWithKiln() throws Exception {
    String mark = UUID.randomUUID().toString();
    String sleeper = "exec sh -c 'sleep 3600; : " + mark + "'";
    Process worker =
        SandboxWorker.start(
            directory.resolve("scratch"),
            root,
            "/bin/sh",
            "-c",
            "(" + sleeper + ") & (" + sleeper + ") & echo ready; wait");
    try (BufferedReader output = worker.inputReader()) {
      assertThat(output.readLine()).isEqualTo("ready");
      List<ProcessHandle> sleepers = processesNaming(mark);
      assertThat(sleepers).hasSizeGreaterThanOrEqualTo(4);

      worker.destroyForcibly();

      for (ProcessHandle each : sleepers) {
        each.onExit().get(30, TimeUnit.SECONDS);
      }
    }
    assertThat(processesNaming(mark)).isEmpty();
  }

  @Test
  void doesNotBeginWhenKilnIsGone() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    List<String> command = new ArrayList<>(List.of("unshare", "--mount", "--pid", "--fork"));
    command.addAll(List.of(SmallRoot.HOSTS_BUSYBOX.toString(), "sh"));
    command.addAll(List.of(directory + "/scratch/enter.sh", Long.toString(gone.pid()), "gid=5"));
    command.addAll(List.of(root.toString(), "rw", "--", "/bin/sh"));

    Process entered = new ProcessBuilder(command).redirectErrorStream(true).start();

    assertThat(new String(entered.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("Kiln ended before the sandbox began\n");
    assertThat(entered.waitFor()).isEqualTo(125);
  }

  private String sharedFiles() throws IOException {
    StringBuilder text = new StringBuilder();
    List<Path> files = new ArrayList<>(List.of(shared, shared.resolve("file")));
    List.of("null", "zero", "full", "random", "urandom", "tty", "ptmx", "pts")
        .forEach(name -> files.add(Path.of("/dev", name)));
    List.of("meminfo", "version", "sys/kernel/core_pattern")
        .forEach(name -> files.add(Path.of("/proc", name)));
    for (Path each : files) {
      text.append(each)
          .append(Files.readAttributes(each, "unix:mode,uid,gid,nlink"))
          .append(each.startsWith("/proc") ? "" : Files.getLastModifiedTime(each))
          .append('\n');
    }
    return text.toString();
  }

  private Command shell(String commands) {
    return Command.in(tree, "/bin/sh", "-c", commands);
  }

  private static List<ProcessHandle> processesNaming(String mark) {
    return ProcessHandle.allProcesses()
        .filter(process -> Stream.ofNullable(commandLine(process)).anyMatch(l -> l.contains(mark)))
        .filter(process -> !commandLine(process).contains("SandboxWorker"))
        .toList();
  }

  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
    } catch (IOException e) {
      return ""; // it ended meanwhile
    }
  }
}
