package dev.kiln.node.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.kiln.family.PlainRules;
import dev.kiln.golden.GoldenFile;
import dev.kiln.node.system.NodeFile.Regular;
import dev.kiln.profile.Profile;
import dev.kiln.profile.ZoneName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeFilesTest {
  /** What people and scripts read whole, so that no comment may stand in it. */
  private static final Set<String> WITHOUT_COMMENT = Set.of("/etc/timezone");

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"debian12,default", "debian12,cn", "debian12-source,default"})
  void makesTheFilesOfTheCatalog(String profile, String zone) throws IOException {
    GoldenFile.assertSame(
        "system/" + profile + "-" + zone + ".txt",
        Samples.listing(render(PlainRules.CATALOG.find(profile), zone)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"debian12", "debian12-source"})
  void beginsEveryFileByWhoWroteItAndWhy(String profile) {
    assertThat(render(PlainRules.CATALOG.find(profile), "cn"))
        .filteredOn(file -> !WITHOUT_COMMENT.contains(file.path().text()))
        .allSatisfy(
            file -> {
              if (file instanceof Regular regular) {
                assertThat(regular.text()).startsWith("# Written by Kiln: ").endsWith("\n");
              }
            });
  }

  @Test
  void givesTheSameFilesEachTime() {
    Profile profile = PlainRules.CATALOG.find("debian12");

    assertThat(render(profile, "cn")).isEqualTo(render(profile, "cn"));
  }

  @Test
  void letsContainerdAndTheKubeletAgreeOnControlGroups() throws IOException {
    Profile profile = extended("node: {cgroupDriver: cgroupfs}");

    assertThat(text(profile, "/etc/containerd/config.toml")).contains("SystemdCgroup = false");
    assertThat(kubelet(profile).get("cgroupDriver").textValue()).isEqualTo("cgroupfs");
  }

  @Test
  void tellsAnOldKubeletByFlagsWhatANewOneReadsFromItsConfiguration() throws IOException {
    Profile old = extended("pins: {kubelet: {version: v1.23.17}}");

    assertThat(text(old, "/usr/lib/systemd/system/kubelet.service"))
        .contains("--container-runtime=remote \\\n")
        .contains("--container-runtime-endpoint=unix:///run/containerd/containerd.sock \\\n");
    assertThat(kubelet(old).has("containerRuntimeEndpoint")).isFalse();
    assertThat(text(extended(""), "/usr/lib/systemd/system/kubelet.service"))
        .doesNotContain("--container-runtime");
  }

  @Test
  void limitsTheLogsOfContainers() throws IOException {
    JsonNode kubelet = kubelet(extended("node: {containerLogs: {maxSize: 5Mi, maxFiles: 3}}"));

    assertThat(kubelet.get("containerLogMaxSize").textValue()).isEqualTo("5Mi");
    assertThat(kubelet.get("containerLogMaxFiles").intValue()).isEqualTo(3);
  }

  @Test
  void asksAMirrorThatHasAPathBelowThatPath() throws IOException {
    Profile profile =
        extended(
            "zones: {lab: {timeZone: Etc/UTC, registries: "
                + "{quay.io: ['https://a.example', 'http://b.example:5000/v2/quay']}}}");

    assertThat(text(profile, "lab", "/etc/containerd/certs.d/quay.io/hosts.toml"))
        .contains("server = \"https://quay.io\"\n")
        .contains("[host.\"https://a.example\"]\n  capabilities = [\"pull\", \"resolve\"]\n\n")
        .endsWith(
            """
            [host."http://b.example:5000/v2/quay"]
              capabilities = ["pull", "resolve"]
              override_path = true
            """);
  }

  @Test
  void pinsTheSandboxImageWhereTheProfileNamesOne() throws IOException {
    Profile profile = extended("node: {containerd: {sandboxImage: registry.example/pause:3.10}}");

    assertThat(text(profile, "/etc/containerd/config.toml"))
        .contains("sandbox = \"registry.example/pause:3.10\"");
  }

  @Test
  void takesAnAddressForOneServerAndANameForAPool() throws IOException {
    Profile profile =
        extended("zones: {lab: {timeZone: Etc/UTC, timeServers: [192.0.2.1, ntp.example]}}");

    assertThat(text(profile, "lab", "/etc/chrony/sources.d/kiln.sources"))
        .endsWith("server 192.0.2.1 iburst\npool ntp.example iburst\n");
  }

  @Test
  void makesAgainWhatTheImageDoesNotHoldWhereAnyOfItIsMissing() throws IOException {
    Profile profile =
        extended(
            """
            seal:
              /etc/tool/host.key: {again: [/usr/bin/tool, keygen, --dir=/etc/tool]}
              /etc/tool/cluster.key: {by: user-data}
              /etc/tool/host.pem: {again: [/usr/bin/tool, keygen, --dir=/etc/tool]}
              /etc/tool/id: {again: [/usr/bin/tool, identify]}
              /etc/tool/public: {keep: everybody may know it}
            """);

    assertThat(text(profile, "/usr/lib/systemd/system/kiln-again-1.service"))
        .contains(
            """
            ConditionPathExists=|!/etc/tool/host.key
            ConditionPathExists=|!/etc/tool/host.pem
            """)
        .endsWith("\nExecStart=/usr/bin/tool keygen --dir=/etc/tool\n");
    assertThat(text(profile, "/usr/lib/systemd/system/kiln-again-2.service"))
        .endsWith("\nExecStart=/usr/bin/tool identify\n");
    assertThat(Samples.paths(render(profile, "default")))
        .contains("/etc/systemd/system/basic.target.wants/kiln-again-2.service")
        .noneMatch(path -> path.contains("kiln-again-3"));
  }

  @Test
  void writesNothingForWhatIsNotInstalled() throws IOException {
    Path smallest =
        Files.writeString(
            directory.resolve("smallest.yaml"),
            """
            name: smallest
            description: A root and nothing more
            distribution: {name: debian, release: bookworm}
            architecture: amd64
            repositories:
              debian: {mirror: "https://a.example", suites: [a], components: [a], keyring: debian-archive}
            """);

    assertThat(render(PlainRules.CATALOG.find(smallest.toString()), "default"))
        .extracting(file -> file.path().text())
        .containsExactly("/etc/hostname", "/etc/systemd/system/swap.target");
  }

  private Profile extended(String change) throws IOException {
    return Samples.extended(directory, change);
  }

  private static List<NodeFile> render(Profile profile, String zone) {
    return NodeFiles.render(
        profile, profile.zone(new ZoneName(zone)), SampleConventions.debian12());
  }

  private static JsonNode kubelet(Profile profile) throws IOException {
    return new YAMLMapper().readTree(text(profile, "/etc/kubernetes/kubelet.yaml"));
  }

  private static String text(Profile profile, String path) {
    return text(profile, "default", path);
  }

  private static String text(Profile profile, String zone, String path) {
    return Samples.text(render(profile, zone), path);
  }
}
