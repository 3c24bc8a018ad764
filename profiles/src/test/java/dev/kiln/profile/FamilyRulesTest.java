package dev.kiln.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.document.YamlReader;
import dev.kiln.family.PlainRules;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** That what a family's profiles keep is said by its rules, and by nothing else. */
class FamilyRulesTest {
  private static final KnownFamilies BOTH =
      new KnownFamilies(List.of(new PlainRules(), new SampleRules()));

  private static final String SAMPLE =
      """
      name: sample
      description: A sample
      distribution: {name: samplix, release: "7"}
      architecture: amd64
      repositories:
        base: {mirror: "https://a.example", keyring: debian-archive}
      """;

  @Test
  void readsAProfileByTheRulesOfItsOwnFamily() {
    Profile profile = read(SAMPLE + "packages: {include: {NetworkManager: for the network}}\n");

    assertThat(profile.distribution().family()).isEqualTo("sample");
    assertThat(profile.packages().include()).containsKey("NetworkManager");
    assertThat(profile.repositories().values())
        .allSatisfy(repository -> assertThat(repository.suites()).isEmpty());
    assertThat(profile.distribution().rules().architectures().get(profile.architecture()))
        .isEqualTo("x86_64");
  }

  @Test
  void refusesAFamilyThatItDoesNotKnow() {
    assertThatThrownBy(
            () -> ProfileReader.read(YamlReader.read("x.yaml", bytes(SAMPLE)), PlainRules.ALONE))
        .hasMessageContaining("x.yaml:3: the distribution 'samplix' cannot be baked: write debian");
    assertThatThrownBy(() -> read(SAMPLE.replace("samplix", "centos")))
        .hasMessageContaining("cannot be baked: write debian or sampleos or samplix");
  }

  @Test
  void knowsOnlyTheKeysThatRepositoriesOfTheFamilyHave() {
    assertThatThrownBy(() -> read(SAMPLE.replace("{mirror", "{suites: [a], mirror")))
        .hasMessageContaining("x.yaml:6: a repository has no key 'suites'");
    assertThatThrownBy(() -> read(SAMPLE.replace("samplix", "debian")))
        .hasMessageContaining("x.yaml:6: a repository needs 'suites'")
        .hasMessageContaining("x.yaml:6: a repository needs 'components'");
  }

  @Test
  void saysWithEverythingElseThatTheFamilyLacksTheArchitecture() {
    assertThatThrownBy(
            () -> read(SAMPLE.replace("amd64", "arm64") + "packages: {include: {a/b: c}}\n"))
        .hasMessageContaining("x.yaml:4: the family sample has no packages for arm64: write amd64")
        .hasMessageContaining("x.yaml:7: the sample family has no package 'a/b'");
  }

  @Test
  void asksForTheFamilysKernelAndPackages() {
    assertThatThrownBy(() -> read(SAMPLE + kubelet("")))
        .hasMessageContaining("a node needs a kernel. Add the package kernel.")
        .hasMessageContaining(
            "a node with a kubelet needs the package iptables: the kubelet writes rules")
        .satisfies(
            refusal -> assertThat(refusal.getMessage()).doesNotContain("linux-image", "conntrack"));
    assertThatThrownBy(() -> read(SAMPLE + kubelet("kernel: to boot, iptables: for rules")))
        .satisfies(
            refusal ->
                assertThat(refusal.getMessage())
                    .doesNotContain("needs a kernel", "package iptables"));
  }

  @Test
  void knowsARuntimeByTheFamilysNameOfItsPackage() {
    assertThatThrownBy(() -> read(SAMPLE + kubelet("containerd.io: the runtime")))
        .hasMessageContaining("containerd is installed, but node.containerd does not say which")
        .satisfies(
            refusal ->
                assertThat(refusal.getMessage())
                    .doesNotContain("needs containerd.", "needs runc."));
  }

  @Test
  void holdsAProfileOfCodeToTheRulesToo() {
    Profile debian = PlainRules.CATALOG.find("debian12");
    Repository whole = debian.repositories().values().iterator().next();
    Repository bare =
        new Repository(
            whole.name(), whole.mirror(), whole.archive(), List.of(), List.of(), whole.keyring());

    assertThatThrownBy(
            () -> with(debian, debian.repositories(), Map.of("NetworkManager", "for the network")))
        .hasMessageContaining("the plain family has no package 'NetworkManager'");
    assertThatThrownBy(() -> with(debian, Map.of(whole.name(), bare), debian.packages().include()))
        .hasMessageContaining("a repository of the family plain needs suites");
    assertThatThrownBy(() -> new Distribution(new PlainRules(), "samplix", "7"))
        .hasMessageContaining("the family plain has no distribution 'samplix'");
  }

  @Test
  void refusesTwoFamiliesWithOneDistribution() {
    assertThatThrownBy(() -> new KnownFamilies(List.of(new SampleRules(), new SampleRules())))
        .hasMessageContaining("each distribution belongs to one family");
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

  private static String kubelet(String packages) {
    return "packages: {include: {"
        + packages
        + "}}\npins: {kubelet: {version: v1.30.0, sha256: "
        + "a".repeat(64)
        + ", addresses: ['https://a.example/kubelet'], layer: kubernetes, install: /usr/bin/kubelet}}\n";
  }

  private static Profile read(String text) {
    return ProfileReader.read(YamlReader.read("x.yaml", bytes(text)), BOTH);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
