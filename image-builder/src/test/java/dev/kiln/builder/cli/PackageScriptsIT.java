package dev.kiln.builder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.cli.BuilderProgram.Ended;
import dev.kiln.command.ExitCode;
import dev.kiln.manifest.ImageDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts of packages that do what no script should. */
class PackageScriptsIT {
  @TempDir private Path directory;

  private SmallWorld world;

  @BeforeEach
  void openTheWorld() throws IOException {
    world = new SmallWorld(directory);
  }

  @AfterEach
  void closeTheWorld() {
    world.close();
  }

  @Test
  void doNotHoldABakeByAProcessThatTheyLeftBehind() throws IOException {
    bake("sleep 987601 & (sleep 987602 > /dev/null 2>&1 &)");

    assertThat(
            ProcessHandle.allProcesses().flatMap(process -> process.info().commandLine().stream()))
        .noneMatch(line -> line.endsWith("sleep 987601") || line.endsWith("sleep 987602"));
  }

  /** Everything that a script can see and that is not the tree's own. */
  @Test
  void changeNothingThatTheyShareWithTheHostOrWithOtherBakes() throws IOException {
    List<Path> shared =
        Stream.of("null", "zero", "full", "random", "urandom")
            .map(Path.of("/dev")::resolve)
            .toList();
    String before = attributes(shared);
    String script =
        """
        for each in /dev/null /dev/zero /dev/full /dev/random /dev/urandom /proc/meminfo \\
            /proc/sys/kernel/core_pattern /run/kiln/packages /run/kiln/packages/*; do
          ! chmod 000 "$each" || echo "mode of $each" >> /usr/share/sample/reached
          ! chown 33 "$each" || echo "owner of $each" >> /usr/share/sample/reached
          ! touch -d @1 "$each" || echo "time of $each" >> /usr/share/sample/reached
          ! rm -f "$each" || echo "place of $each" >> /usr/share/sample/reached
        done
        """;

    Path tree = bake(script + "echo end >> /usr/share/sample/reached");

    assertThat(tree.resolve("usr/share/sample/reached")).hasContent("end");
    assertThat(attributes(shared)).isEqualTo(before);
    assertThat(Files.readString(Path.of("/proc/meminfo"))).contains("MemTotal");
  }

  /** What ADR 0012 promises, as scripts of Debian ask for it. */
  @Test
  void findWhatDoesTheWorkOfAMachineThatRuns() throws IOException {
    world.configure(
        "base-files",
        """
        #!/bin/sh
        set -eu
        mkdir -p /etc/ssh
        printf '#!/bin/sh\\necho "$@" >> /usr/share/sample/compiled\\n' > /usr/bin/py3compile
        printf '#!/bin/sh\\nexit 1\\n' > /usr/bin/ischroot
        chmod 0755 /usr/bin/py3compile /usr/bin/ischroot
        """);

    Path tree =
        bake(
            """
            ischroot
            [ -x "$(command -v start-stop-daemon)" ]
            start-stop-daemon --start --exec /usr/bin/touch -- /usr/share/sample/started
            for kind in rsa ecdsa ed25519; do
              [ -f /etc/ssh/ssh_host_${kind}_key ] || touch /usr/share/sample/key-was-made
            done
            /usr/sbin/policy-rc.d ssh start || [ $? = 101 ]
            py3compile -p one
            py3compile -p two /usr/lib/two -V 3.11-
            [ "$DEBIAN_FRONTEND $INITRD" = "noninteractive No" ]
            [ -c /dev/fd/0 ]
            """);

    Path share = tree.resolve("usr/share/sample");
    // Two of them at once, where there are two processors.
    assertThat(Files.readAllLines(share.resolve("compiled")))
        .containsExactlyInAnyOrder("-p one", "-p two /usr/lib/two -V 3.11-");
    assertThat(share.resolve("started")).doesNotExist();
    assertThat(share.resolve("key-was-made")).doesNotExist();
    assertThat(tree.resolve("etc/ssh")).isEmptyDirectory();
    assertThat(tree.resolve("usr/sbin/policy-rc.d")).doesNotExist();
    assertThat(tree.resolve("usr/bin/ischroot")).hasContent("#!/bin/sh\nexit 1\n");
    assertThat(tree.resolve("run")).isEmptyDirectory();
  }

  @Test
  void endABakeWhereTheirModulesCannotBeCompiled() throws IOException {
    world.configure(
        "base-files",
        """
        #!/bin/sh
        printf '#!/bin/sh\\nexit 1\\n' > /usr/bin/py3compile
        chmod 0755 /usr/bin/py3compile
        """);

    Ended ended = tryToBake("py3compile -p one");

    assertThat(ended.exitCode()).isEqualTo(ExitCode.DEPENDENCY.code());
    assertThat(ended.words())
        .contains("py3compile could not compile a package's modules")
        .endsWith("The last lines above name the cause.");
  }

  @Test
  void learnNoNameOfTheHostAndFindNoPy3compileWhereThereIsNoPython() throws IOException {
    Path tree =
        bake(
            "if command -v py3compile; then exit 1; fi; { cat /proc/sys/kernel/hostname /etc/hosts; } > /usr/share/sample/names");

    String hosts = Files.readString(tree.resolve("etc/hosts"));
    assertThat(hosts).startsWith("127.0.0.1\tlocalhost\n::1\tlocalhost ");
    assertThat(tree.resolve("usr/share/sample/names")).hasContent("localhost\n" + hosts);
  }

  /** The second of two packages whose scripts make files. */
  @Test
  void areNamedWhereTheyMakeASecretForEveryMachine() throws IOException {
    Ended ended = tryToBake("umask 077; od -N 16 /dev/urandom > /etc/host.key");

    assertThat(ended.exitCode()).isEqualTo(ExitCode.INPUT.code());
    assertThat(ended.err())
        .contains(
            "builder: a script of linux-image-world made /etc/host.key, which not everybody may"
                + " read (-rw-------, 0:0): every machine would have the same. Say under 'seal:'"
                + " of the profile what becomes of it: '/etc/host.key: {again: [");
    assertThat(directory.resolve("image")).doesNotExist();
  }

  /** Also where that system was kept by an earlier bake, and nobody's times tell it any more. */
  @Test
  void areNamedWhereTheyAreOfTheBaseSystem() throws IOException {
    world.configure("base-files", "#!/bin/sh\numask 077\necho secret > /etc/base.key\n");

    for (String script : List.of("true", "umask 077; echo secret > /etc/later.key")) {
      assertThat(tryToBake(script).err())
          .contains("a script of base-files made /etc/base.key, which not everybody may read");
    }

    assertThat(tryToBake("echo changed >> /etc/base.key").err())
        .contains("a script of linux-image-world made /etc/base.key, which");
  }

  @Test
  void mayMakeWhatTheProfileSealsAndMachinesMakeAgain() throws IOException {
    world.add(
        "seal",
        """
        {
          /etc/host.key: {again: [/usr/bin/touch, /etc/host.key]},
          /etc/keys: {by: user-data},
          /etc/kept: {keep: it holds nothing that is one machine's}
        }""");

    Path tree =
        bake("umask 077; mkdir /etc/keys; for f in host.key keys/a kept; do ls > /etc/$f; done");

    assertThat(tree.resolve("etc/host.key")).doesNotExist();
    assertThat(tree.resolve("etc/keys")).doesNotExist();
    assertThat(tree.resolve("etc/kept")).isNotEmptyFile();
    assertThat(
            Squashfs.of(image(), "config").content("/usr/lib/systemd/system/kiln-again-1.service"))
        .contains("ConditionPathExists=|!/etc/host.key\n")
        .endsWith("ExecStart=/usr/bin/touch /etc/host.key\n");
  }

  @Test
  void makeNothingThatARuleNamesByMistake() throws IOException {
    world.add(
        "seal",
        """
        {
          /etc/hots.key: {again: [/usr/bin/keygen, x]},
          /etc/host.key: {again: [/usr/bin/agent, x]},
          /etc/kpet: {keep: it is misspelt}
        }""");

    Ended ended = tryToBake("umask 077; od -N 16 /dev/urandom > /etc/host.key");

    assertThat(ended.exitCode()).isEqualTo(ExitCode.INPUT.code());
    assertThat(ended.err().lines().filter(line -> line.startsWith("builder: ")))
        .containsExactly(
            "builder: 'seal:' names /etc/hots.key, which is not in the image. Leave it out, or"
                + " check its spelling.",
            "builder: 'seal:' names /etc/kpet, which is not in the image. Leave it out, or check"
                + " its spelling.",
            "builder: 'seal:' runs /usr/bin/keygen, which is no program of the image. Add the"
                + " package that brings it, or check its spelling.");
  }

  /** The program of a pin, which would hide it. */
  @Test
  void makeNothingThatALayerWouldHideWithoutAReason() throws IOException {
    String script = "ls > /usr/bin/agent";

    Ended hidden = tryToBake(script);
    assertThat(hidden.exitCode()).isEqualTo(ExitCode.INPUT.code());
    assertThat(hidden.err())
        .contains(
            "builder: /usr/bin/agent of pin agent would replace that of a package's script. Leave"
                + " one of them out, or say why: 'replaces: {/usr/bin/agent: WHY}'.\n");
    assertThat(directory.resolve("image")).doesNotExist();

    world.add("replaces", "{/usr/bin/agent: the pin is newer}");
    BakeBench.succeed(tryToBake(script));
  }

  /** The tree of an image whose kernel package has this script. */
  private Path bake(String script) throws IOException {
    BakeBench.succeed(tryToBake(script));
    Path tree = directory.resolve("tree");
    Squashfs.of(image(), "os").unpack(tree);
    return tree;
  }

  private ImageDirectory image() {
    return ImageDirectory.read(directory.resolve("image"));
  }

  private Ended tryToBake(String script) throws IOException {
    world.configure("linux-image-world", "#!/bin/sh\nset -eu\n" + script + "\n");
    world.publish(Instant.now());
    return BuilderProgram.end(
        new BuilderProgram(directory).start(world.bake(directory.resolve("cache"), "image")));
  }

  private static String attributes(List<Path> files) throws IOException {
    Map<Path, Object> all = new TreeMap<>();
    for (Path each : files) {
      all.put(each, Files.readAttributes(each, "unix:mode,uid,gid,lastModifiedTime"));
    }
    return all.toString();
  }
}
