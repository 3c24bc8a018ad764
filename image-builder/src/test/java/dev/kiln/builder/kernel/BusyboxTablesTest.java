package dev.kiln.builder.kernel;

import static dev.kiln.builder.kernel.KernelTree.RELEASE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.sandbox.ImageTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What busybox makes of them, BuildInitrdIT asks busybox. */
class BusyboxTablesTest {
  @TempDir private Path directory;

  private KernelTree tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = KernelTree.make(directory);
  }

  @Test
  void areOfWhatIsThereAlone() throws IOException {
    tree.modules(
            "modules.dep",
            """
            kernel/a/dm-verity.ko.xz: kernel/a/dm-mod.ko.xz
            kernel/a/dm-mod.ko.xz:
            kernel/a/other.ko.xz:
            """)
        .modules(
            "modules.alias",
            """
            # Aliases extracted from modules themselves.
            alias devname:mapper/control dm_mod
            alias target-* dm-verity
            alias other-* other
            """);
    BusyboxTables tables = tables();

    assertThat(text(tables.dependencies(chosen("dm-verity", "dm-mod"))))
        .isEqualTo("kernel/a/dm-mod.ko:\nkernel/a/dm-verity.ko: kernel/a/dm-mod.ko\n");
    assertThat(text(tables.aliases(chosen("dm-verity", "dm-mod"))))
        .isEqualTo("alias target-* dm_verity\nalias devname:mapper/control dm_mod\n");
  }

  @Test
  void makeASoftDependencyOnAModuleADependency() throws IOException {
    tree.modules(
            "modules.dep",
            """
            kernel/a/card.ko.xz: kernel/a/bus.ko.xz
            kernel/a/phy.ko.xz: kernel/a/bus.ko.xz
            kernel/a/bus.ko.xz:
            """)
        .modules("modules.softdep", "softdep card pre: phy\n");

    assertThat(text(tables().dependencies(chosen("card"))))
        .isEqualTo("kernel/a/card.ko: kernel/a/phy.ko kernel/a/bus.ko\n");
  }

  /** To busybox a dash is an underscore, and [0_3] would not match a 2. */
  @Test
  void writeOutARangeBetweenBrackets() throws IOException {
    tree.modules("modules.dep", "kernel/a/stick.ko.xz:\n")
        .modules("modules.alias", "alias usb:v1p2d0[0-3]*dc[A-C9]i-* stick\n");

    assertThat(text(tables().aliases(chosen("stick"))))
        .isEqualTo("alias usb:v1p2d0[0123]*dc[ABC9]i-* stick\n");
  }

  private BusyboxTables tables() {
    return new BusyboxTables(
        KernelModules.read(ImageTree.at(directory), "usr/lib/modules/" + RELEASE));
  }

  private static SortedSet<String> chosen(String... names) {
    SortedSet<String> chosen = new TreeSet<>();
    List.of(names).forEach(name -> chosen.add("kernel/a/" + name + ".ko.xz"));
    return chosen;
  }

  private static String text(byte[] table) {
    return new String(table, ISO_8859_1);
  }
}
