package dev.kiln.bootserver.machine;

import dev.kiln.node.facts.AuthorizedKey;
import dev.kiln.node.nocloud.CloudConfig;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Machines that boot alike: a selector and what its machines get.
 *
 * @param id unique, the file's name without its ending
 * @param image what they boot
 * @param role {@code control-plane}, {@code worker}, {@code load-balancer}, or the user's own
 */
public record Group(
    String id,
    Selector selector,
    ImageChoice image,
    Optional<String> role,
    HostnamePattern hostname,
    List<AuthorizedKey> authorizedKeys,
    List<String> kernelArguments,
    CloudConfig cloudConfig) {
  private static final Pattern WORD = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?");

  public Group {
    word("a group's id", id);
    role.ifPresent(text -> word("a role", text));
    authorizedKeys = List.copyOf(authorizedKeys);
    kernelArguments = List.copyOf(kernelArguments);
  }

  private static void word(String what, String text) {
    if (!WORD.matcher(text).matches()) {
      throw new IllegalArgumentException(
          what + " has 1 to 63 lower-case letters, digits and inner . _ -, not '" + text + "'");
    }
  }
}
