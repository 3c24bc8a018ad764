package dev.kiln.node.nocloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.kiln.document.Problems;
import dev.kiln.document.YamlReader;
import dev.kiln.node.facts.AuthorizedKey;
import dev.kiln.node.facts.Hostname;
import dev.kiln.node.facts.NodeFacts;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** The seed against the schemas that cloud-init publishes. */
class SeedSchemaTest {
  private static final String CLOUD_CONFIG = "schema-cloud-config-v1.json";
  private static final String NETWORK_CONFIG = "schema-network-config-v2.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final NodeFacts facts =
      new NodeFacts(
          "kiln-node-1-abc",
          new Hostname("node-1"),
          Optional.of("lab.example"),
          List.of(
              new AuthorizedKey(
                  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f")),
          URI.create("http://10.77.0.1/events/node-1/52-54-00-12-34-56"));

  @Test
  void userDataIsValid() throws IOException {
    assertThat(check(CLOUD_CONFIG, cloudConfig())).isEmpty();
  }

  @Test
  void theSchemaWouldFindAMistake() throws IOException {
    JsonNode wrong = JSON.readTree("{\"hostname\": 5}");

    assertThat(check(CLOUD_CONFIG, wrong)).isNotEmpty();
  }

  @Test
  void networkConfigIsValid() throws IOException {
    JsonNode config = JSON.readTree(Seed.networkConfig("52:54:00:12:34:56"));

    assertThat(check(NETWORK_CONFIG, config)).isEmpty();
  }

  private JsonNode cloudConfig() throws IOException {
    String text = new String(Seed.userData(facts, extra()), StandardCharsets.UTF_8);
    return JSON.readTree(text.substring("#cloud-config\n".length()));
  }

  private static CloudConfig extra() {
    String yaml =
        """
        users: [default, {name: ops, groups: [adm], shell: /bin/bash, lock_passwd: true}]
        write_files:
          - {path: /etc/motd, content: "Guten Tag, ümlaut\\n", permissions: "0644"}
        runcmd: [[sh, -c, "echo done"]]
        package_update: false
        ntp: {enabled: true, servers: [10.77.0.1]}
        """;
    Problems problems = new Problems();
    Optional<CloudConfig> config =
        CloudConfig.decoder()
            .decode(YamlReader.read("extra.yaml", yaml.getBytes(StandardCharsets.UTF_8)), problems);
    problems.refuseIfAny();
    return config.orElseThrow();
  }

  private static Set<ValidationMessage> check(String name, JsonNode document) throws IOException {
    JsonNode text = JSON.readTree(Files.readString(schema(name)));
    SpecVersion.VersionFlag version =
        text.get("$schema").textValue().contains("draft-07")
            ? SpecVersion.VersionFlag.V7
            : SpecVersion.VersionFlag.V4;
    return JsonSchemaFactory.getInstance(version).getSchema(text).validate(document);
  }

  /** A schema of cloud-init, which lies beside the checkout and is no part of it. */
  private static Path schema(String name) {
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      Path found = up.resolve("shared/inputs/cloud-init").resolve(name);
      if (Files.isRegularFile(found)) {
        return found;
      }
    }
    String skipped = "SKIPPED: no shared/inputs/cloud-init beside or above this checkout";
    System.err.println("*".repeat(80) + "\n" + skipped + "\n" + "*".repeat(80));
    throw new TestAbortedException(skipped);
  }
}
