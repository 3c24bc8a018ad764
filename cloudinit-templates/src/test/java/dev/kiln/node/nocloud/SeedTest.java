package dev.kiln.node.nocloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kiln.document.Problems;
import dev.kiln.document.YamlReader;
import dev.kiln.node.facts.AuthorizedKey;
import dev.kiln.node.facts.Hostname;
import dev.kiln.node.facts.NodeFacts;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SeedTest {
  private static final AuthorizedKey KEY =
      new AuthorizedKey(
          "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f a@b");

  @Test
  void saysWhoTheInstanceIs() throws Exception {
    JsonNode metaData = read(Seed.metaData(facts()));

    assertThat(metaData.get("instance-id").textValue()).isEqualTo("kiln-node-1-abc");
    assertThat(metaData.get("local-hostname").textValue()).isEqualTo("node-1");
  }

  @Test
  void startsUserDataWithTheHeaderThatCloudInitAsksFor() {
    assertThat(new String(Seed.userData(facts(), CloudConfig.EMPTY), StandardCharsets.UTF_8))
        .startsWith("#cloud-config\n{");
    assertThat(new String(Seed.vendorData(), StandardCharsets.UTF_8))
        .isEqualTo("#cloud-config\n{ }\n");
  }

  @Test
  void reportsToTheBootServerWithoutAnyCredential() throws Exception {
    JsonNode reporter =
        cloudConfig(Seed.userData(facts(), CloudConfig.EMPTY)).get("reporting").get("kiln");

    assertThat(reporter.get("type").textValue()).isEqualTo("webhook");
    assertThat(reporter.get("endpoint").textValue())
        .isEqualTo("http://10.77.0.1/events/node-1/52-54-00-12-34-56");
    assertThat(reporter.properties())
        .extracting(java.util.Map.Entry::getKey)
        .containsExactly("type", "endpoint", "timeout", "retries");
  }

  @Test
  void keepsHostileTextInsideItsPlace() throws Exception {
    String hostile = "\"}\n#cloud-config\nruncmd: [poweroff] # ${x} <#list> \uD83D\uDE00";
    CloudConfig extra = decoded("bootcmd: [" + quoted(hostile) + "]");

    JsonNode config = cloudConfig(Seed.userData(facts(), extra));

    assertThat(config.get("bootcmd").get(0).textValue()).isEqualTo(hostile);
    assertThat(config.has("runcmd")).isFalse();
  }

  @Test
  void keepsTheTypesOfAddedCloudConfig() throws Exception {
    CloudConfig extra = decoded("{a: 1, b: 1.50, c: true, d: null, e: [x, {f: '0644'}]}");

    JsonNode config = cloudConfig(Seed.userData(facts(), extra));

    assertThat(config.get("a").isIntegralNumber()).isTrue();
    assertThat(config.get("b").decimalValue()).isEqualByComparingTo("1.5");
    assertThat(config.get("c").booleanValue()).isTrue();
    assertThat(config.get("d").isNull()).isTrue();
    assertThat(config.get("e").get(1).get("f").textValue()).isEqualTo("0644");
  }

  @Test
  void givesTheSameBytesForTheSameFacts() {
    CloudConfig extra = decoded("{z: 1, y: 2, x: {w: 3, v: 4}}");

    assertThat(Seed.userData(facts(), extra)).isEqualTo(Seed.userData(facts(), extra));
  }

  private static NodeFacts facts() {
    return new NodeFacts(
        "kiln-node-1-abc",
        new Hostname("node-1"),
        Optional.of("lab.example"),
        List.of(KEY),
        URI.create("http://10.77.0.1/events/node-1/52-54-00-12-34-56"));
  }

  private static CloudConfig decoded(String yaml) {
    Problems problems = new Problems();
    Optional<CloudConfig> config =
        CloudConfig.decoder()
            .decode(YamlReader.read("x.yaml", yaml.getBytes(StandardCharsets.UTF_8)), problems);
    problems.refuseIfAny();
    return config.orElseThrow();
  }

  private static String quoted(String text) throws Exception {
    return JsonMapper.builder().build().writeValueAsString(text);
  }

  private static JsonNode cloudConfig(byte[] document) throws Exception {
    String text = new String(document, StandardCharsets.UTF_8);
    assertThat(text).startsWith("#cloud-config\n");
    return read(text.substring(text.indexOf('\n') + 1).getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode read(byte[] json) throws Exception {
    return JsonMapper.builder().build().readTree(json);
  }
}
