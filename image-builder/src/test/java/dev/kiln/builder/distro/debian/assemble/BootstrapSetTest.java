package dev.kiln.builder.distro.debian.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.deb.SmallDeb;
import dev.kiln.builder.distro.debian.index.PackageRelations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootstrapSetTest {
  @TempDir private Path directory;

  private final List<PackageRelations> packages = new ArrayList<>();

  @Test
  void holdsEssentialPackagesAndAllTheyDependOn() throws IOException {
    have("dpkg", "Essential: yes", "Pre-Depends: libc6, tar");
    have("tar", "Depends: libacl1");
    have("libacl1");
    have("libc6", "Depends: libgcc-s1");
    have("libgcc-s1", "Depends: libc6");
    have("vim", "Depends: vim-common");
    have("vim-common");

    assertThat(set()).containsExactly("dpkg", "libacl1", "libc6", "libgcc-s1", "tar");
  }

  @Test
  void holdsWhatAnyPackageNeedsBeforeItIsUnpackedWithoutThatPackage() throws IOException {
    have("systemd", "Pre-Depends: libzstd1, init-tools");
    have("libzstd1", "Depends: libfar");
    have("libfar");
    have("init-tools");

    assertThat(set()).containsExactly("init-tools", "libfar", "libzstd1");
  }

  @Test
  void takesEveryAlternativeAndProviderThatIsThere() throws IOException {
    have("base", "Essential: yes", "Depends: mawk | gawk | absent, awk");
    have("gawk", "Provides: awk");
    have("mawk", "Provides: awk");
    have("other");

    assertThat(set()).containsExactly("base", "gawk", "mawk");
  }

  @Test
  void holdsPythonAndAllThatItNeedsWhereThereIsOne() throws IOException {
    have("python3", "Depends: python3.11, libpython3-stdlib");
    have("python3.11");
    have("libpython3-stdlib");
    have("python3-yaml", "Depends: python3, libyaml-0-2");
    have("libyaml-0-2");

    assertThat(set()).containsExactly("libpython3-stdlib", "python3", "python3.11");
  }

  @Test
  void isEmptyWithoutEssentialPackagesAndPreDepends() throws IOException {
    have("vim", "Depends: vim-common");
    have("vim-common");

    assertThat(set()).isEmpty();
  }

  private void have(String name, String... fields) throws IOException {
    SmallDeb deb = new SmallDeb(name);
    for (String field : fields) {
      deb.field(field);
    }
    packages.add(PackageRelations.of(deb.write(directory), "amd64"));
  }

  private Set<String> set() {
    return BootstrapSet.of(packages);
  }
}
