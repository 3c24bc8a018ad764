package dev.kiln.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.failure.KilnException;
import dev.kiln.family.PlainRules;
import dev.kiln.file.Digest;
import dev.kiln.file.InputFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtensionTest {
  @TempDir Path directory;

  @Test
  void takesTheFileNextToAProfileBeforeTheCatalogs() throws IOException {
    write("debian12", "extends: debian12\nname: ours\nnode: {containerLogs: {maxFiles: 7}}\n");
    Path profile = write("mine", "extends: debian12\nname: mine\n");

    Profile read = PlainRules.CATALOG.find(profile.toString());

    assertThat(read.name()).isEqualTo("mine");
    assertThat(read.node().containerLogs()).isEqualTo(new ContainerLogs("20Mi", 7));
  }

  @Test
  void removesWhatIsNullAndKeepsTheRest() throws IOException {
    Path profile = write("mine", "extends: debian12\nname: mine\npins: {cni-plugins: null}\n");

    assertThat(PlainRules.CATALOG.find(profile.toString()).pins())
        .doesNotContainKey("cni-plugins")
        .containsKeys("kubelet", "containerd");
  }

  @Test
  void extendsEightTimesAndNoMore() throws IOException {
    write("p1", "extends: debian12\nname: p1\n");
    for (int i = 2; i <= 8; i++) {
      write("p" + i, "extends: p" + (i - 1) + "\nname: p" + i + "\n");
    }

    assertThat(PlainRules.CATALOG.find(directory.resolve("p7.yaml").toString()).name())
        .isEqualTo("p7");
    assertThatThrownBy(() -> PlainRules.CATALOG.find(directory.resolve("p8.yaml").toString()))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("p1.yaml:1: more than 8 profiles extend each other");
  }

  @Test
  void wantsANameOfItsOwn() throws IOException {
    Path profile = write("mine", "extends: debian12\n");

    assertThatThrownBy(() -> PlainRules.CATALOG.find(profile.toString()))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("needs a 'name' of its own");
  }

  @Test
  void leavesTheDirectoryOfAProfileByNoName() throws IOException {
    write("base", "extends: debian12\nname: base\n");
    Path below = Files.createDirectory(directory.resolve("below")).resolve("mine.yaml");
    Files.writeString(below, "extends: ../base\nname: mine\n");

    assertThatThrownBy(() -> PlainRules.CATALOG.find(below.toString()))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("there is no profile '../base' to extend");
  }

  @Test
  void looksForAKeyringNextToTheFileThatNamesIt() throws IOException {
    Files.writeString(directory.resolve("keys.asc"), "keys of ours");
    write("base", "extends: debian12\nname: base\nrepositories: {debian: {keyring: ./keys.asc}}\n");
    Path profile = write("mine", "extends: base\nname: mine\n");

    assertThat(PlainRules.CATALOG.find(profile.toString()).repositories().get("debian"))
        .extracting(
            repository ->
                new String(repository.keyring().bytes(), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo("keys of ours");
  }

  @Test
  void tellsEveryFileItReadAndEveryOneItMissed() throws IOException {
    Path keys = Files.writeString(directory.resolve("keys.asc"), "keys of ours");
    Path base =
        write(
            "base",
            "extends: debian12\nname: base\nrepositories: {debian: {keyring: ./keys.asc}}\n");
    Path profile = write("mine", "extends: base\nname: mine\n");
    InputFiles inputs = new InputFiles();

    PlainRules.CATALOG.find(profile.toString(), inputs);

    assertThat(inputs.seen())
        .containsOnly(
            // As the profile writes it.
            Map.entry(directory.resolve("./keys.asc"), Optional.of(Digest.of(keys))),
            Map.entry(base, Optional.of(Digest.of(base))),
            Map.entry(profile, Optional.of(Digest.of(profile))),
            Map.entry(directory.resolve("debian12.yaml"), Optional.empty()));
  }

  @Test
  void saysWhichProfilesThereAre() {
    assertThatThrownBy(() -> PlainRules.CATALOG.find("debian13"))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("there is no profile 'debian13' in the catalog")
        .hasMessageContaining("debian12, debian12-modules, debian12-source");
  }

  @Test
  void givesOneDigestToWhatSaysTheSame() throws IOException {
    Path one =
        write(
            "one",
            "extends: debian12\nname: mine\npackages: {include: {zip: to pack, cpio: to pack}}\n");
    Path same =
        write(
            "same",
            "# A comment.\npackages:\n  include:\n    cpio: to pack\n    zip: 'to pack'\nname: mine\nextends: debian12\n");
    Path other =
        write("other", "extends: debian12\nname: mine\npackages: {include: {zip: to pack}}\n");

    assertThat(PlainRules.CATALOG.find(one.toString()).digest())
        .isEqualTo(PlainRules.CATALOG.find(same.toString()).digest())
        .isNotEqualTo(PlainRules.CATALOG.find(other.toString()).digest());
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name + ".yaml"), content);
  }
}
