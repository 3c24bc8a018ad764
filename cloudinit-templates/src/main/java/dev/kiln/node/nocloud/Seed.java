package dev.kiln.node.nocloud;

import dev.kiln.document.Json;
import dev.kiln.node.facts.AuthorizedKey;
import dev.kiln.node.facts.NodeFacts;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The four documents of a NoCloud seed. cloud-init reads YAML, of which JSON is a part, so all are
 * written by a JSON writer and no value can leave its place.
 */
public final class Seed {
  private Seed() {}

  /** {@code meta-data}: who this instance is. */
  public static byte[] metaData(NodeFacts node) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("instance-id", node.instanceId());
    facts.put("local-hostname", node.hostname().label());
    return Json.write(facts);
  }

  /**
   * {@code user-data}: cloud-config.
   *
   * @param addition what only cloud-init understands; it comes after the facts
   */
  public static byte[] userData(NodeFacts node, CloudConfig addition) {
    Map<String, @Nullable Object> config = new LinkedHashMap<>();
    config.put("hostname", node.hostname().label());
    node.domain().ifPresent(domain -> config.put("fqdn", node.hostname() + "." + domain));
    config.put(
        "ssh_authorized_keys", node.authorizedKeys().stream().map(AuthorizedKey::line).toList());
    config.put("reporting", Map.of("kiln", reporter(node)));
    config.putAll(addition.values());
    return cloudConfig(config);
  }

  /** {@code vendor-data}: nothing, said so that cloud-init does not ask eleven times. */
  public static byte[] vendorData() {
    return cloudConfig(Map.of());
  }

  /**
   * {@code network-config} (version 2): DHCP on the card the machine booted from. cloud-init reads
   * it over HTTP since 24.1; older ones keep the network that the image itself brought up.
   */
  public static byte[] networkConfig(String mac) {
    Map<String, Object> card = new LinkedHashMap<>();
    card.put("match", Map.of("macaddress", mac));
    card.put("dhcp4", true);
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("version", 2);
    config.put("ethernets", Map.of("boot", card));
    return Json.write(config);
  }

  /** The reporter waits 5 s for an answer and tries twice, so that no boot hangs on it. */
  private static Map<String, Object> reporter(NodeFacts node) {
    Map<String, Object> reporter = new LinkedHashMap<>();
    reporter.put("type", "webhook");
    reporter.put("endpoint", node.reports().toString());
    reporter.put("timeout", 5);
    reporter.put("retries", 2);
    return reporter;
  }

  private static byte[] cloudConfig(Map<String, ?> config) {
    byte[] json = Json.write(config);
    byte[] header = "#cloud-config\n".getBytes(StandardCharsets.US_ASCII);
    byte[] document = java.util.Arrays.copyOf(header, header.length + json.length);
    System.arraycopy(json, 0, document, header.length, json.length);
    return document;
  }
}
