package dev.kiln.node.facts;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The facts about one machine that its documents are made of.
 *
 * @param instanceId changes exactly when the node shall be set up again as a whole
 * @param domain of the fully qualified name
 * @param reports where the node tells what it does
 */
public record NodeFacts(
    String instanceId,
    Hostname hostname,
    Optional<String> domain,
    List<AuthorizedKey> authorizedKeys,
    URI reports) {
  public NodeFacts {
    authorizedKeys = List.copyOf(authorizedKeys);
  }
}
