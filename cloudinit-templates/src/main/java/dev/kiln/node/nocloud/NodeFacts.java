package dev.kiln.node.nocloud;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The facts about one machine that its documents are made of.
 *
 * @param instanceId changes exactly when cloud-init shall do everything again
 * @param domain of the fully qualified name
 * @param reports where cloud-init's webhook reporter posts its events
 */
public record NodeFacts(
    String instanceId,
    Hostname hostname,
    Optional<String> domain,
    List<AuthorizedKey> authorizedKeys,
    URI reports,
    CloudConfig cloudConfig) {
  public NodeFacts {
    authorizedKeys = List.copyOf(authorizedKeys);
  }
}
