package dev.kiln.builder.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.distro.KnownFamilies;
import dev.kiln.builder.lock.SampleLock;
import dev.kiln.file.Digest;
import dev.kiln.lock.LockedPackage;
import dev.kiln.lock.LockedSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KitToolsTest {
  private static final List<String> NAMES =
      List.of("squashfs-tools", "cryptsetup-bin", "busybox-static", "libc6", "libzstd1", "spare");

  private static final Map<String, Map<String, String>> RELATIONS =
      Map.of(
          "squashfs-tools", Map.of("Depends", "libzstd1 (>= 1.5), absent | libc6"),
          "cryptsetup-bin", Map.of("Pre-Depends", "libc6"),
          "libzstd1", Map.of("Depends", "libc6"));

  @Test
  void changeWithTheToolAndWhateverItDependsOn() {
    Digest before = digest("", Tool.MKSQUASHFS);

    assertThat(digest("squashfs-tools", Tool.MKSQUASHFS)).isNotEqualTo(before);
    assertThat(digest("libzstd1", Tool.MKSQUASHFS)).isNotEqualTo(before);
    assertThat(digest("libc6", Tool.MKSQUASHFS)).isNotEqualTo(before);
  }

  @Test
  void stayWhenAnotherPackageOfTheKitChanges() {
    for (String other : List.of("spare", "busybox-static", "cryptsetup-bin")) {
      assertThat(digest(other, Tool.MKSQUASHFS)).as(other).isEqualTo(digest("", Tool.MKSQUASHFS));
    }
    assertThat(digest("libzstd1", Tool.VERITYSETUP, Tool.BUSYBOX))
        .isEqualTo(digest("", Tool.VERITYSETUP, Tool.BUSYBOX));
  }

  @Test
  void doNotDependOnTheOrderOfPackages() {
    List<LockedPackage> packages = new ArrayList<>(kit("").packages());
    Collections.reverse(packages);

    assertThat(tools(SampleLock.set(packages)).digest(Tool.MKSQUASHFS))
        .isEqualTo(digest("", Tool.MKSQUASHFS));
  }

  /** A distribution may put it elsewhere: then everything may be a part of it. */
  @Test
  void areTheWholeKitWhereNoPackageHasTheToolsName() {
    assertThat(tools(withoutSquashfs("spare")).digest(Tool.MKSQUASHFS))
        .isNotEqualTo(tools(withoutSquashfs("")).digest(Tool.MKSQUASHFS));
  }

  private static LockedSet withoutSquashfs(String changed) {
    return SampleLock.set(
        kit(changed).packages().stream()
            .filter(each -> !each.name().equals("squashfs-tools"))
            .toList());
  }

  private static Digest digest(String changed, Tool... tools) {
    return tools(kit(changed)).digest(tools);
  }

  private static LockedSet kit(String changed) {
    List<LockedPackage> kit = new ArrayList<>();
    for (String name : NAMES) {
      kit.add(
          new LockedPackage(
              name,
              "1",
              "amd64",
              SampleLock.INDEX,
              "pool/" + name,
              1,
              Digest.of(name.equals(changed) ? "other" : name),
              "test",
              RELATIONS.getOrDefault(name, Map.of())));
    }
    return SampleLock.set(kit);
  }

  private static KitTools tools(LockedSet set) {
    return new KitTools(set, KnownFamilies.DEBIAN.packages(), KnownFamilies.DEBIAN::packageOf);
  }
}
