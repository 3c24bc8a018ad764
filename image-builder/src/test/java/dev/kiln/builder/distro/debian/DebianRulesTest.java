package dev.kiln.builder.distro.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kiln.builder.distro.KnownFamilies;
import dev.kiln.failure.KilnException;
import dev.kiln.profile.Architecture;
import dev.kiln.profile.Catalog;
import dev.kiln.profile.Distribution;
import dev.kiln.profile.FamilyRules;
import dev.kiln.profile.NodeSettings;
import dev.kiln.profile.Packages;
import dev.kiln.profile.Profile;
import dev.kiln.profile.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Debian adds to the rules of all profiles, whose samples these are. */
class DebianRulesTest {
  private static final Path SAMPLES = Path.of("../profiles/src/test/resources/profile");

  private final Catalog catalog = KnownFamilies.CATALOG;
  private final FamilyRules rules = new DebianFamily().rules();

  @Test
  void takesEveryGoodSample() throws IOException {
    assertThat(samples("good"))
        .allSatisfy(
            sample ->
                assertThat(catalog.find(sample.toString()).distribution().family())
                    .isEqualTo("debian"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"malformed", "contradictory"})
  void takesNoSampleThatIsWrongWhateverTheFamily(String kind) throws IOException {
    assertThat(samples(kind)).allSatisfy(sample -> assertThat(problems(sample)).isNotEmpty());
  }

  @Test
  void saysWhatANodeMustHave() {
    assertThat(problems(SAMPLES.resolve("contradictory/node-requirements.yaml")))
        .map(problem -> problem.replaceFirst("^.*node-requirements.yaml:", ""))
        .contains(
            "4: a node needs a kernel. Add the package linux-image-amd64 or linux-image-arm64.",
            "4: a node with a kubelet needs the package systemd-sysv: the units of a node need"
                + " systemd as its init. Add it under 'packages: include:'.",
            "4: a node with a kubelet needs the package conntrack: kube-proxy drops stale"
                + " connections with it. Add it under 'packages: include:'.");
  }

  @Test
  void saysHowPackagesAreCalled() {
    assertThat(problems(SAMPLES.resolve("malformed/words.yaml")))
        .map(problem -> problem.replaceFirst("^.*words.yaml:", ""))
        .contains(
            "8: 'Busy Box' is not a package name: write lower-case letters, digits, '+', '-' and"
                + " '.'.");
  }

  @Test
  void saysWhichDistributionsAndKeyringsThereAre() {
    assertThat(problems(SAMPLES.resolve("malformed/distribution-and-architecture.yaml")))
        .map(problem -> problem.replaceFirst("^.*architecture.yaml:", ""))
        .contains(
            "3: the distribution 'centos' cannot be baked: write debian.",
            "6: there is no keyring 'somebody': write one of debian-archive, or the path of an .asc"
                + " or .gpg file, such as ./keys.asc.");
  }

  @Test
  void needsSuitesAndComponents(@TempDir Path directory) throws IOException {
    Path bare =
        Files.writeString(
            directory.resolve("bare.yaml"),
            """
            name: bare
            description: A repository without parts
            distribution: {name: debian, release: bookworm}
            architecture: amd64
            repositories:
              base: {mirror: "https://a.example", keyring: debian-archive}
            """);

    assertThat(problems(bare))
        .containsExactly(
            bare + ":6: a repository needs 'suites'. Add 'suites: …'.",
            bare + ":6: a repository needs 'components'. Add 'components: …'.");
  }

  @Test
  void holdsAProfileOfCodeToItsRulesToo() {
    Profile debian = catalog.find("debian12");
    Repository whole = debian.repositories().values().iterator().next();
    Repository bare =
        new Repository(
            whole.name(), whole.mirror(), whole.archive(), List.of(), List.of(), whole.keyring());

    assertThatThrownBy(
            () -> with(debian, debian.repositories(), Map.of("NetworkManager", "for the network")))
        .hasMessageContaining("'NetworkManager' is not a package name");
    assertThatThrownBy(() -> with(debian, Map.of(whole.name(), bare), debian.packages().include()))
        .hasMessageContaining("a repository of the family debian needs suites");
    assertThatThrownBy(() -> new Distribution(rules, "samplix", "7"))
        .hasMessageContaining("the family debian has no distribution 'samplix'");
  }

  @Test
  void hasPackagesForEveryArchitectureByTheNameThatItHasInKiln() {
    assertThat(rules.architectures())
        .containsOnlyKeys(Architecture.values())
        .allSatisfy((architecture, name) -> assertThat(name).hasToString(architecture.toString()));
  }

  private static List<Path> samples(String kind) throws IOException {
    try (Stream<Path> files = Files.list(SAMPLES.resolve(kind))) {
      List<Path> samples = files.sorted().toList();
      assertThat(samples).isNotEmpty();
      return samples;
    }
  }

  private List<String> problems(Path profile) {
    KilnException refusal =
        catchThrowableOfType(KilnException.class, () -> catalog.find(profile.toString()));
    assertThat(refusal).as("%s is read, but must be refused", profile).isNotNull();
    return refusal.problems().stream().map(Object::toString).toList();
  }

  private static Profile with(
      Profile from, Map<String, Repository> repositories, Map<String, String> packages) {
    return new Profile(
        from.name(),
        from.description(),
        from.distribution(),
        from.architecture(),
        repositories,
        new Packages(false, packages),
        from.kit(),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        NodeSettings.NONE,
        from.zones(),
        from.digest());
  }
}
