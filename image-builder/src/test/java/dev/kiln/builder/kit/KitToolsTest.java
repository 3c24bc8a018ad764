package dev.kiln.builder.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.deb.ReadyPackage;
import dev.kiln.builder.deb.SmallDeb;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KitToolsTest {
  private static final List<String> NAMES =
      List.of("squashfs-tools", "cryptsetup-bin", "busybox-static", "libc6", "libzstd1", "spare");

  @TempDir private Path directory;

  @Test
  void changeWithTheToolAndWhateverItDependsOn() throws IOException {
    Digest before = digest("", Tool.MKSQUASHFS);

    assertThat(digest("squashfs-tools", Tool.MKSQUASHFS)).isNotEqualTo(before);
    assertThat(digest("libzstd1", Tool.MKSQUASHFS)).isNotEqualTo(before);
    assertThat(digest("libc6", Tool.MKSQUASHFS)).isNotEqualTo(before);
  }

  @Test
  void stayWhenAnotherPackageOfTheKitChanges() throws IOException {
    for (String other : List.of("spare", "busybox-static", "cryptsetup-bin")) {
      assertThat(digest(other, Tool.MKSQUASHFS)).as(other).isEqualTo(digest("", Tool.MKSQUASHFS));
    }
    assertThat(digest("libzstd1", Tool.VERITYSETUP, Tool.BUSYBOX))
        .isEqualTo(digest("", Tool.VERITYSETUP, Tool.BUSYBOX));
  }

  @Test
  void doNotDependOnTheOrderOfPackages() throws IOException {
    List<ReadyPackage> kit = new ArrayList<>(kit(""));
    Digest before = KitTools.of(kit, "amd64").digest(Tool.MKSQUASHFS);
    Collections.reverse(kit);

    assertThat(KitTools.of(kit, "amd64").digest(Tool.MKSQUASHFS)).isEqualTo(before);
  }

  /** A distribution may put it elsewhere: then everything may be a part of it. */
  @Test
  void areTheWholeKitWhereNoPackageHasTheToolsName() throws IOException {
    List<ReadyPackage> kit =
        kit("").stream().filter(each -> !isNamed(each, "squashfs-tools")).toList();
    List<ReadyPackage> other =
        kit("spare").stream().filter(each -> !isNamed(each, "squashfs-tools")).toList();

    assertThat(KitTools.of(other, "amd64").digest(Tool.MKSQUASHFS))
        .isNotEqualTo(KitTools.of(kit, "amd64").digest(Tool.MKSQUASHFS));
  }

  private Digest digest(String changed, Tool... tools) throws IOException {
    return KitTools.of(kit(changed), "amd64").digest(tools);
  }

  private static boolean isNamed(ReadyPackage each, String name) {
    return each.locked().name().equals(name);
  }

  private List<ReadyPackage> kit(String changed) throws IOException {
    Path packages = Files.createTempDirectory(directory, "packages");
    List<ReadyPackage> kit = new ArrayList<>();
    for (String name : NAMES) {
      SmallDeb deb = new SmallDeb(name).directory(name.equals(changed) ? "other" : "opt");
      switch (name) {
        case "squashfs-tools" -> deb.field("Depends: libzstd1 (>= 1.5), absent | libc6");
        case "cryptsetup-bin" -> deb.field("Pre-Depends: libc6");
        case "libzstd1" -> deb.field("Depends: libc6");
        default -> {}
      }
      kit.add(deb.write(packages));
    }
    return kit;
  }
}
