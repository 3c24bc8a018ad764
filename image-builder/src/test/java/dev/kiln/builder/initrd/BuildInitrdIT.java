package dev.kiln.builder.initrd;

import static dev.kiln.builder.kernel.KernelTree.CARD;
import static dev.kiln.builder.kernel.KernelTree.RELEASE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.builder.distro.KnownFamilies;
import dev.kiln.builder.kernel.KernelFiles;
import dev.kiln.builder.kernel.KernelTree;
import dev.kiln.builder.kit.HostKit;
import dev.kiln.builder.kit.Kit;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real initrd of the host's tools; cpio, busybox and ldd say what is in it. Needs root. */
class BuildInitrdIT {
  @TempDir private Path directory;

  private Kit kit;
  private KernelFiles kernel;
  private Path initrd;

  @BeforeEach
  void prepare() throws Exception {
    kit = HostKit.make(Files.createDirectory(directory.resolve("tools")));
    KernelTree tree =
        KernelTree.make(directory.resolve("tree"))
            .module(CARD, "card.bin")
            .file("usr/lib/firmware/card.bin", "firmware")
            .modules("modules.dep", CARD + ":\n");
    kernel =
        KernelFiles.take(tree.tree(), KnownFamilies.DEBIAN.kernel(), directory.resolve("kernel"));
    initrd = directory.resolve("initrd");
  }

  @Test
  void holdsTheScriptTheToolsTheModulesAndNothingElse() throws Exception {
    build();

    String names = run("zstd -dc initrd | cpio -it --quiet");

    assertThat(
            names
                .lines()
                .filter(
                    name ->
                        !name.matches("(usr/)?lib(64)?(/.*\\.so[.0-9]*|/[a-z0-9_]+-linux-gnu)?")))
        .containsExactly(
            "bin",
            "bin/busybox",
            "bin/dhcp-event",
            "bin/sh",
            "dev",
            "etc",
            "init",
            "lib/firmware",
            "lib/firmware/card.bin",
            "lib/modules",
            "lib/modules/" + RELEASE,
            "lib/modules/" + RELEASE + "/kernel",
            "lib/modules/" + RELEASE + "/kernel/drivers",
            "lib/modules/" + RELEASE + "/kernel/drivers/net",
            "lib/modules/" + RELEASE + "/kernel/drivers/net/ethernet",
            "lib/modules/" + RELEASE + "/kernel/drivers/net/ethernet/maker",
            "lib/modules/" + RELEASE + "/" + CARD,
            "lib/modules/" + RELEASE + "/modules.alias",
            "lib/modules/" + RELEASE + "/modules.alias.disks",
            "lib/modules/" + RELEASE + "/modules.dep",
            "proc",
            "run",
            "sbin",
            "sbin/modprobe",
            "sbin/veritysetup",
            "sys",
            "sysroot",
            "tmp");
  }

  @Test
  void holdsEveryProgramThatItsScriptsCall() throws Exception {
    build();
    SortedSet<String> there = new TreeSet<>(run("/bin/busybox --list").lines().toList());
    run("zstd -dc initrd | cpio -it --quiet")
        .lines()
        .filter(name -> name.matches("s?bin/.*"))
        .forEach(name -> there.add(name.replaceFirst(".*/", "")));

    SortedSet<String> called = new TreeSet<>();
    for (String script : List.of("init", "dhcp-event")) {
      called.addAll(CalledPrograms.of(Resource.text(BuildInitrd.class, script)));
    }

    // Some that stand where a program is easily overlooked.
    assertThat(called)
        .contains(
            "wget", "timeout", "veritysetup", "switch_root", "hexdump", "tr", "awk", "ip", "cat")
        .doesNotContain("eth0", "number", "renew", "then", "exec", "fetch");
    assertThat(there).containsAll(called);
  }

  @Test
  void runsVeritysetupWithNothingButWhatItHolds() throws Exception {
    build();

    assertThat(
            run(
                "mkdir x && cd x && zstd -dc ../initrd | cpio -i --quiet && chroot . /sbin/veritysetup --version"))
        .startsWith("veritysetup ");
  }

  /** Names that busybox reads otherwise than kmod does: see BusyboxTables. */
  @Test
  void holdsTablesOfWhichBusyboxMakesWhatTheKernelMeans() throws Exception {
    KernelTree tree =
        KernelTree.make(directory.resolve("cards"))
            .modules(
                "modules.dep",
                CARD
                    + """
                    : kernel/drivers/net/phy/lib.ko
                    kernel/drivers/net/phy/lib.ko:
                    kernel/drivers/net/phy/real-phy.ko: kernel/drivers/net/phy/lib.ko
                    kernel/drivers/net/usb/special.ko:
                    kernel/drivers/net/usb/general.ko:
                    """)
            .modules(
                "modules.alias",
                "alias pci:v1* card\nalias usb:v2d0[0-3]* special\nalias usb:v2d* general\n")
            .modules("modules.softdep", "softdep card pre: real-phy\n");
    for (String module :
        List.of(
            CARD,
            "kernel/drivers/net/phy/lib.ko",
            "kernel/drivers/net/phy/real-phy.ko",
            "kernel/drivers/net/usb/special.ko",
            "kernel/drivers/net/usb/general.ko")) {
      tree.module(module);
    }
    kernel =
        KernelFiles.take(
            tree.tree(), KnownFamilies.DEBIAN.kernel(), directory.resolve("cards-kernel"));
    build();
    run("mkdir x && cd x && zstd -dc ../initrd | cpio -i --quiet");
    run("ln -s " + RELEASE + " x/lib/modules/$(uname -r)");

    assertThat(loadedBy("pci:v1sv0")).containsExactly("lib", "real-phy", "card");
    assertThat(loadedBy("card")).containsExactly("lib", "real-phy", "card");
    assertThat(loadedBy("usb:v2d02dc0")).containsExactly("special", "general");
    assertThat(loadedBy("usb:v2d04dc0")).containsExactly("general");
  }

  private List<String> loadedBy(String alias) throws Exception {
    return run("chroot x /bin/busybox modprobe -D -a -q " + alias)
        .lines()
        .map(line -> line.strip().replaceAll(".*/|\\.ko$", ""))
        .toList();
  }

  @Test
  void isTheSameBytesTwice() throws Exception {
    build();
    byte[] first = Files.readAllBytes(initrd);

    build();

    assertThat(Files.readAllBytes(initrd)).isEqualTo(first);
  }

  @Test
  void isCompressedSoThatItsKernelCanReadIt() throws Exception {
    KernelTree old =
        KernelTree.make(directory.resolve("old"))
            .file(
                "boot/config-" + RELEASE,
                "CONFIG_SQUASHFS=m\nCONFIG_BLK_DEV_INITRD=y\nCONFIG_RD_XZ=y\n");
    kernel =
        KernelFiles.take(
            old.tree(), KnownFamilies.DEBIAN.kernel(), directory.resolve("old-kernel"));

    build();

    assertThat(run("xz -dc initrd | cpio -it --quiet").lines()).contains("init");
  }

  @Test
  void refusesAKitThatLacksALibrary() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("tools/kit"))) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().startsWith("libcryptsetup")).toList()) {
        Files.delete(file);
      }
    }

    assertThatThrownBy(this::build)
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("lacks the library libcryptsetup.so.12 of /sbin/veritysetup");
  }

  private void build() {
    new BuildInitrd(kit.root()).build(kernel, initrd);
  }

  private String run(String commands) throws Exception {
    Process process =
        new ProcessBuilder("sh", "-e", "-c", commands)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(commands + "\n" + output).isZero();
    return output;
  }
}
