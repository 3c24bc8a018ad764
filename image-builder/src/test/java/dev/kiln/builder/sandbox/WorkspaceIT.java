package dev.kiln.builder.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees in memory and on disk, made by commands of the real sandbox. Needs root. */
class WorkspaceIT {
  private static final long LITTLE = 1 << 20;

  @TempDir private Path directory;

  private ImageTree tools;
  private Sandbox sandbox;
  private Path scratch;
  private Path place;
  private final List<String> words = new ArrayList<>();

  @BeforeEach
  void prepare() throws IOException {
    tools = ImageTree.at(SmallRoot.make(directory.resolve("tools")));
    sandbox =
        new Sandbox(tools, SmallRoot.BUSYBOX, Files.createDirectory(directory.resolve("scratch")));
    scratch = Files.createDirectory(directory.resolve("room"));
    place = scratch.resolve("tree");
  }

  @Test
  void keepsATreeInMemoryWhereTheHostDoesNotSeeIt() throws IOException {
    try (Workspace workspace = workspace(WorkspacePlace.MEMORY)) {
      workspace.fill(LITTLE, tree -> make(tree, "echo made > /run/tree/file"));

      assertThat(workspace.tree().read("file", 100)).asString().isEqualTo("made\n");
      assertThat(make(workspace.tree(), "cat /run/tree/file").output()).isEqualTo("made\n");
      assertThat(place).isEmptyDirectory();
    }
    assertThat(place).isEmptyDirectory();
    assertThat(words).isEmpty();
  }

  @Test
  void runsACommandInATreeInMemory() throws IOException {
    try (Workspace workspace = workspace(WorkspacePlace.MEMORY)) {
      workspace.fill(
          LITTLE, tree -> make(tree, "mkdir /run/tree/bin && cp /bin/busybox /run/tree/bin"));

      Exit exit =
          sandbox.run(Command.in(workspace.tree(), "/bin/busybox", "sh", "-c", "echo /bin/*"));

      assertThat(exit).isEqualTo(new Exit(0, "/bin/busybox\n", false));
    }
  }

  @Test
  void followsNoLinkOfATreeInMemoryToTheHost() throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "of the host");
    try (Workspace workspace = workspace(WorkspacePlace.MEMORY)) {
      workspace.fill(
          LITTLE,
          tree -> make(tree, "ln -s " + secret + " /run/tree/link; ln -s ../../.. /run/tree/up"));

      assertThat(workspace.tree().exists("link")).isFalse();
      assertThat(workspace.tree().list("up")).containsExactly("link", "up");
    }
  }

  @Test
  void makesATreeOnDiskWhereMemoryIsTooSmallAndSaysSo() throws IOException {
    try (Workspace workspace = workspace(WorkspacePlace.AUTO)) {
      workspace.fill(1L << 50, tree -> make(tree, "echo made > /run/tree/file"));

      assertThat(place.resolve("file")).hasContent("made");
    }
    assertThat(place).isEmptyDirectory();
    assertThat(words)
        .singleElement()
        .asString()
        .matches(
            "the tree may take 2251\\.8 TB of memory, and [0-9.]+ [kMGT]?B are free for it:"
                + " it is made on disk");
  }

  @Test
  void makesATreeOnDiskWhereThatIsAskedFor() throws IOException {
    try (Workspace workspace = workspace(WorkspacePlace.DISK)) {
      workspace.fill(LITTLE, tree -> make(tree, "echo made > /run/tree/file"));

      assertThat(place.resolve("file")).hasContent("made");
    }
    assertThat(words).isEmpty();
  }

  /** A file system of a few bytes more than the tree is thought to need. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        // It says so and fails; it says nothing and fails; it says so, removes it and goes on.
        "dd if=/dev/zero of=/run/tree/large bs=1M count=3",
        "dd if=/dev/zero of=/run/tree/large bs=1M count=3 2> /dev/null",
        "dd if=/dev/zero of=/run/tree/large bs=1M count=3 || rm /run/tree/large",
        "dd if=/dev/zero of=/run/tree/large bs=1M count=3 2> /dev/null || :",
        // Names alone.
        "i=0; while [ $((i += 1)) -le 600 ]; do mkdir -p /run/tree/$i; done",
      })
  void beginsAgainOnDiskWhereATreeIsLargerThanItsMemory(String script) throws IOException {
    try (Workspace workspace = smallWorkspace(WorkspacePlace.AUTO)) {
      workspace.fill(
          LITTLE,
          tree -> {
            String once = "[ ! -e /run/tree/begun ]; : > /run/tree/begun; ";
            make(tree, once + script + "; echo end > /run/tree/end");
          });

      assertThat(place.resolve("end")).hasContent("end");
      assertThat(Files.exists(place.resolve("large")) || Files.exists(place.resolve("1"))).isTrue();
    }
    assertThat(place).isEmptyDirectory();
    assertThat(words)
        .containsExactly("the tree does not fit into 2.1 MB of memory: it is begun again on disk");
  }

  @Test
  void endsWhereATreeMayNotLeaveMemory() throws IOException {
    try (Workspace workspace = smallWorkspace(WorkspacePlace.MEMORY)) {
      assertThatThrownBy(
              () ->
                  workspace.fill(
                      LITTLE, tree -> make(tree, "cat /dev/zero > /run/tree/large 2> /dev/null")))
          .isInstanceOfSatisfying(
              KilnException.class,
              failure -> assertThat(failure.kind()).isEqualTo(KilnException.Kind.IO))
          .hasMessage(
              "the tree does not fit into the 2.1 MB of memory that were free. Run it with"
                  + " --workspace=disk, or where more memory is free.");
    }
    assertThat(place).isEmptyDirectory();
  }

  @Test
  void doesNothingAgainForAnotherFailure() {
    List<ImageTree> begun = new ArrayList<>();
    try (Workspace workspace = workspace(WorkspacePlace.AUTO)) {
      assertThatThrownBy(
              () ->
                  workspace.fill(
                      LITTLE,
                      tree -> {
                        begun.add(tree);
                        make(tree, "echo why; false");
                      }))
          .isInstanceOfSatisfying(
              KilnException.class,
              failure -> assertThat(failure.kind()).isEqualTo(KilnException.Kind.DEPENDENCY));
    }
    assertThat(begun).hasSize(1);
  }

  @Test
  void tellsAFullDiskFromOtherFailures() {
    try (Workspace workspace = workspace(WorkspacePlace.DISK)) {
      assertThatThrownBy(() -> workspace.fill(LITTLE, tree -> make(tree, "echo x > /dev/full")))
          .isInstanceOfSatisfying(
              KilnException.class,
              failure -> assertThat(failure.kind()).isEqualTo(KilnException.Kind.IO))
          .hasMessageContaining("free some space there");
    }
  }

  /** What one has promised itself is not there for the next, though nothing of it is used yet. */
  @Test
  void countsTheTreesOfOthers() throws IOException {
    long before = new Memory(Path.of("/")).room();
    try (Workspace other = workspace(WorkspacePlace.MEMORY)) {
      other.fill(LITTLE, tree -> make(tree, "echo made > /run/tree/file"));

      assertThat(new Memory(Path.of("/")).room()).isLessThan(before / 2);
    }
  }

  @Test
  void removesFilesOfEveryUserFromTheDisk() {
    try (Workspace workspace = sandbox.workspaceOnDisk(scratch)) {
      make(
          workspace.tree(),
          """
          cd /run/tree
          mkdir -p -- closed/deep .hidden ..two '-rf' 'a b' proc run
          : > closed/deep/file; : > .file; : > run/file
          ln -s /bin link
          chown -R 33:44 closed .hidden
          chmod 0 closed/deep closed
          """);

      assertThat(place).isNotEmptyDirectory();
    }

    assertThat(place).isEmptyDirectory();
    assertThat(tools.exists("bin/busybox")).isTrue();
  }

  @Test
  void showsACommandTheTreesOfOneWorkspaceOnly() throws IOException {
    Path another = Files.createDirectory(directory.resolve("another"));
    try (Workspace one = workspace(WorkspacePlace.AUTO);
        Workspace other = sandbox.workspace(another, WorkspacePlace.AUTO, words::add)) {
      one.fill(LITTLE, tree -> {});
      other.fill(LITTLE, tree -> {});
      Command both =
          Command.in(one.tree(), "/bin/sh").with(Bind.readOnly(other.tree(), "/run/other"));

      assertThatThrownBy(() -> sandbox.run(both)).hasMessageContaining("one workspace only");
    }
  }

  private Workspace workspace(WorkspacePlace where) {
    return sandbox.workspace(scratch, where, words::add);
  }

  /** On a machine that has two little more than what it keeps. */
  private Workspace smallWorkspace(WorkspacePlace where) throws IOException {
    Path machine = directory.resolve("machine");
    Files.createDirectories(machine.resolve("proc"));
    long kibibytes = ((1 << 30) + 2 * LITTLE) >> 10;
    Files.writeString(machine.resolve("proc/meminfo"), "MemAvailable: " + kibibytes + " kB\n");
    return new Sandbox(
            tools,
            SmallRoot.BUSYBOX,
            Files.createDirectory(directory.resolve("more-scratch")),
            new Memory(machine))
        .workspace(scratch, where, words::add);
  }

  private Exit make(ImageTree tree, String commands) {
    Exit exit =
        sandbox.run(
            Command.in(tools, "/bin/sh", "-e", "-c", commands)
                .with(Bind.writable(tree, "/run/tree")));
    exit.orFail("make the tree");
    return exit;
  }
}
