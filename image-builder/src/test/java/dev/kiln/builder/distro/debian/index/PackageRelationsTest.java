package dev.kiln.builder.distro.debian.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.builder.deb.SmallDeb;
import dev.kiln.builder.packages.ReadyPackage;
import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackageRelationsTest {
  @TempDir private Path directory;

  @Test
  void readsWhatTheControlFileSaysByName() throws IOException {
    PackageRelations relations =
        of(
            new SmallDeb("dash")
                .field("Essential: yes")
                .field("Pre-Depends: libc6 (>= 2.36), debianutils | other")
                .field("Depends: dpkg (>= 1.19.1), armonly [armhf]")
                .field("Provides: shell (= 1), posix-shell")
                .write(directory));

    assertThat(relations.name()).isEqualTo("dash");
    assertThat(relations.essential()).isTrue();
    assertThat(relations.provides()).containsExactly("shell", "posix-shell");
    assertThat(relations.preDependsOn()).containsExactly("libc6", "debianutils", "other");
    assertThat(relations.dependsOn()).containsExactly("libc6", "debianutils", "other", "dpkg");
  }

  @Test
  void takesAPackageWithoutRelations() throws IOException {
    PackageRelations relations = of(new SmallDeb("gcc-12-base").write(directory));

    assertThat(relations.essential()).isFalse();
    assertThat(relations.dependsOn()).isEmpty();
    assertThat(relations.provides()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"control", "./control"})
  void findsTheControlFileAsDpkgDoes(String name) throws IOException {
    assertThat(of(new SmallDeb("dash").write(directory, name)).name()).isEqualTo("dash");
  }

  @Test
  void namesThePackageWhoseRelationsCannotBeRead() throws IOException {
    ReadyPackage ready = new SmallDeb("dash").field("Depends: libc6 (>> ").write(directory);

    assertThatThrownBy(() -> of(ready))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("the control file of the package dash: ");
  }

  private static PackageRelations of(ReadyPackage ready) {
    return PackageRelations.of(ready, "amd64");
  }
}
