package dev.kiln.builder.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.builder.cache.BrokenEntry;
import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.cache.CachedFile;
import dev.kiln.builder.cache.Rot;
import dev.kiln.builder.deb.SmallDeb;
import dev.kiln.builder.distro.KnownFamilies;
import dev.kiln.builder.packages.ReadyPackage;
import dev.kiln.failure.KilnException;
import dev.kiln.lock.LockedPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrepareKitTest {
  @TempDir private Path directory;

  private Path packages;
  private Cache cache;
  private PrepareKit kits;

  @BeforeEach
  void prepare() throws IOException {
    packages = Files.createDirectory(directory.resolve("packages"));
    cache = new Cache(directory.resolve("cache"));
    kits =
        new PrepareKit(
            cache,
            KnownFamilies.DEBIAN.packages(),
            "amd64",
            Files.createDirectory(directory.resolve("scratch")));
  }

  @Test
  void unpacksThePackagesWithoutOwnersAndSetIdBits() throws IOException {
    Kit kit =
        kits.prepare(
            List.of(
                busybox(),
                new SmallDeb("tool")
                    .directory("bin")
                    .file("bin/tool", "0004755", "a tool")
                    .directory("usr/share")
                    .file("usr/share/data", "0000640", "data")
                    .symbolicLink("usr/share/link", "data")
                    .write(packages)));

    assertThat(kit.root().read(Kit.BUSYBOX, 100)).asString().isEqualTo("a program");
    assertThat(kit.root().read("/bin/tool", 100)).asString().isEqualTo("a tool");
    assertThat(mode(root(kit).resolve("usr/bin/tool"))).isEqualTo("rwxr-xr-x");
    assertThat(mode(root(kit).resolve("usr/share/data"))).isEqualTo("rw-r--r--");
    assertThat(root(kit).resolve("usr/share/link")).isSymbolicLink();
    assertThat(root(kit).resolve("proc")).isEmptyDirectory();
  }

  @Test
  void unpacksTheSamePackagesOnce() throws IOException {
    Kit kit = kits.prepare(List.of(busybox()));
    Files.delete(packages.resolve("busybox-static.deb"));

    Kit again = kits.prepare(List.of(absent(locked())));

    assertThat(again.root().exists(Kit.BUSYBOX)).isTrue();
    assertThat(again.key()).isEqualTo(kit.key());
  }

  @Test
  void runsNoToolThatChangedInTheCache() throws IOException {
    List<ReadyPackage> packages = List.of(busybox());
    Kit kit = kits.prepare(packages);
    Rot.flip(root(kit).resolve(Kit.BUSYBOX));
    List<String> said = new ArrayList<>();

    assertThatThrownBy(() -> kits.prepare(packages))
        .isInstanceOf(BrokenEntry.class)
        .hasMessageContaining("usr/bin/busybox was changed");

    Kit mended = cache.mending(said::add, () -> kits.prepare(packages));
    assertThat(root(mended).resolve(Kit.BUSYBOX)).hasContent("a program");
    assertThat(said).hasSize(1);
  }

  @Test
  void unpacksNoPackageThatChangedInTheCache() throws IOException {
    ReadyPackage busybox = busybox();
    Rot.flip(busybox.file());

    assertThatThrownBy(() -> kits.prepare(List.of(busybox))).isInstanceOf(BrokenEntry.class);
  }

  @Test
  void runsNoScriptOfAPackage() throws IOException {
    // Only the data member is read: what the control member holds stays there.
    Kit kit = kits.prepare(List.of(busybox()));

    assertThat(root(kit).resolve("control")).doesNotExist();
    assertThat(root(kit).resolve("DEBIAN")).doesNotExist();
  }

  @Test
  void refusesAKitWithoutBusybox() throws IOException {
    ReadyPackage other =
        new SmallDeb("tool")
            .directory("usr/bin")
            .file("usr/bin/tool", "0000755", "x")
            .write(packages);

    assertThatThrownBy(() -> kits.prepare(List.of(other)))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("the kit has no busybox")
        .hasMessageContaining("Add busybox-static to the profile's kit");
  }

  /** It is run outside the sandbox, to make one. */
  @Test
  void takesNoBusyboxFromTheHost() throws IOException {
    ReadyPackage link =
        new SmallDeb("tool")
            .directory("usr/bin")
            .symbolicLink("usr/bin/busybox", "/bin/sh")
            .write(packages);

    assertThatThrownBy(() -> kits.prepare(List.of(link)))
        .hasMessageContaining("the kit has no busybox");
  }

  @Test
  void refusesAPackageWhoseFileGoesThroughALinkOfAnother() throws IOException {
    Path victim = Files.createDirectory(directory.resolve("victim"));
    ReadyPackage link = new SmallDeb("link").symbolicLink("opt", victim.toString()).write(packages);
    ReadyPackage file = new SmallDeb("through").file("opt/x", "0000644", "x").write(packages);

    assertThatThrownBy(() -> kits.prepare(List.of(busybox(), link, file)))
        .isInstanceOf(KilnException.class);
    assertThat(victim).isEmptyDirectory();
    assertThat(directory.resolve("cache/made/kit"))
        .satisfiesAnyOf(
            kit -> assertThat(kit).doesNotExist(), kit -> assertThat(kit).isEmptyDirectory());
  }

  private Path root(Kit kit) {
    return directory.resolve("cache/made/kit").resolve(kit.key().hex()).resolve("content");
  }

  private ReadyPackage busybox() throws IOException {
    return new SmallDeb("busybox-static")
        .directory("usr")
        .directory("usr/bin")
        .file("usr/bin/busybox", "0000755", "a program")
        .write(packages);
  }

  private LockedPackage locked() throws IOException {
    Path other = Files.createDirectory(directory.resolve("other"));
    packages = other;
    return busybox().locked();
  }

  private ReadyPackage absent(LockedPackage locked) {
    return new ReadyPackage(locked, CachedFile.ofBlob(packages.resolve("absent"), locked.digest()));
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
