package dev.kiln.builder.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.builder.sandbox.Sandbox;
import dev.kiln.builder.sandbox.SmallRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken out of every tree, whatever its distribution. Needs root. */
class SealTreeIT {
  @TempDir private Path directory;

  private Path root;

  @BeforeEach
  void makeATree() throws IOException {
    root = SmallRoot.make(directory.resolve("root"));
    Files.createDirectories(root.resolve("var/log"));
    put("etc/shadow", "root:*:20000:0:99999:7:::\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "etc/hostid",
        "etc/nvme/hostid",
        "etc/nvme/hostnqn",
        "etc/ssh/ssh_host_rsa_key",
        "etc/ssh/ssh_host_rsa_key.pub",
        "etc/hostname",
        "etc/resolv.conf",
        "etc/passwd-",
        "var/lib/systemd/random-seed",
        "var/lib/systemd/credential.secret",
        "var/lib/urandom/random-seed",
        "var/lib/cloud/seed/user-data",
        "var/lib/dhcp/dhclient.leases",
        "var/log/apt/history.log"
      })
  void takesOutWhatOneMachineHasAndNoOther(String path) throws IOException {
    put(path, "of one machine");

    seal();

    assertThat(root.resolve(path)).doesNotExist();
  }

  @Test
  void leavesTheMachinesIdToItsFirstBoot() throws IOException {
    put("etc/machine-id", "0123456789abcdef0123456789abcdef\n");

    seal();

    assertThat(root.resolve("etc/machine-id")).isEmptyFile();
    assertThat(root.resolve("etc/shadow")).hasContent("root:*::0:99999:7:::");
  }

  /** Without the file its daemon does not start; with this line in it, it makes the name first. */
  @Test
  void letsOpenIscsiMakeItsNameAtItsFirstStart() throws IOException {
    seal();
    assertThat(root.resolve("etc/iscsi")).doesNotExist();

    put("etc/iscsi/initiatorname.iscsi", "InitiatorName=iqn.1993-08.org.debian:01:abcdef\n");
    seal();

    assertThat(root.resolve("etc/iscsi/initiatorname.iscsi")).hasContent("GenerateName=yes\n");
  }

  private void seal() throws IOException {
    ImageTree tree = ImageTree.at(root);
    Path scratch = Files.createDirectories(directory.resolve("scratch"));
    new SealTree(new Sandbox(tree, SmallRoot.BUSYBOX, scratch))
        .seal(tree, "", new SealRules(List.of(), List.of(), List.of()));
  }

  private void put(String path, String content) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
