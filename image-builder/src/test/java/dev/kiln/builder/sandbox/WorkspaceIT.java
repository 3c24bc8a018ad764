package dev.kiln.builder.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees in memory and on disk, made by commands of the real sandbox. Needs root. */
class WorkspaceIT {
  private static final long LITTLE = 1 << 20;

  @TempDir private Path directory;

  private ImageTree tools;
  private Sandbox sandbox;
  private Path place;

  @BeforeEach
  void prepare() throws IOException {
    tools = ImageTree.at(SmallRoot.make(directory.resolve("tools")));
    sandbox =
        new Sandbox(tools, SmallRoot.BUSYBOX, Files.createDirectory(directory.resolve("scratch")));
    place = Files.createDirectory(directory.resolve("place"));
  }

  @Test
  void keepsATreeInMemoryWhereTheHostDoesNotSeeIt() {
    try (Workspace workspace = sandbox.workspace(place, LITTLE)) {
      make(workspace.tree(), "echo made > /run/tree/file");

      assertThat(workspace.tree().read("file", 100)).asString().isEqualTo("made\n");
      assertThat(make(workspace.tree(), "cat /run/tree/file").output()).isEqualTo("made\n");
      assertThat(place).isEmptyDirectory();
    }
    assertThat(place).isEmptyDirectory();
  }

  @Test
  void runsACommandInATreeInMemory() {
    try (Workspace workspace = sandbox.workspace(place, LITTLE)) {
      make(workspace.tree(), "mkdir /run/tree/bin && cp /bin/busybox /run/tree/bin");

      Exit exit =
          sandbox.run(Command.in(workspace.tree(), "/bin/busybox", "sh", "-c", "echo /bin/*"));

      assertThat(exit).isEqualTo(new Exit(0, "/bin/busybox\n"));
    }
  }

  @Test
  void followsNoLinkOfATreeInMemoryToTheHost() throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "of the host");
    try (Workspace workspace = sandbox.workspace(place, LITTLE)) {
      make(workspace.tree(), "ln -s " + secret + " /run/tree/link; ln -s ../../.. /run/tree/up");

      assertThat(workspace.tree().exists("link")).isFalse();
      assertThat(workspace.tree().list("up")).containsExactly("link", "up");
    }
  }

  @Test
  void makesATreeOnDiskWhereMemoryIsTooSmall() {
    try (Workspace workspace = sandbox.workspace(place, 1L << 50)) {
      make(workspace.tree(), "echo made > /run/tree/file");

      assertThat(place.resolve("file")).hasContent("made");
    }
    assertThat(place).isEmptyDirectory();
  }

  @Test
  void removesFilesOfEveryUserFromTheDisk() {
    try (Workspace workspace = sandbox.workspaceOnDisk(place)) {
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
    try (Workspace one = sandbox.workspace(place, LITTLE);
        Workspace other = sandbox.workspace(another, LITTLE)) {
      Command both =
          Command.in(one.tree(), "/bin/sh").with(Bind.readOnly(other.tree(), "/run/other"));

      assertThatThrownBy(() -> sandbox.run(both)).hasMessageContaining("one workspace only");
    }
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
