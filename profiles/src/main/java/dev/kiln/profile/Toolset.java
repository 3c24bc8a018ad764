package dev.kiln.profile;

import java.util.Map;

/**
 * The tools of a bake, wanted: packages of one distribution, whatever is baked, from repositories
 * of their own.
 *
 * @param distribution whose packages they are
 * @param repositories by name; at least one
 * @param host package to reason: what runs on the machine that bakes
 * @param boot package to reason: what runs in the initrd of the machine that boots
 */
public record Toolset(
    Distribution distribution,
    Map<String, Repository> repositories,
    Map<String, String> host,
    Map<String, String> boot) {
  public Toolset {
    if (repositories.isEmpty()) {
      throw new IllegalArgumentException("a kit needs a repository: write at least one");
    }
    repositories = Reasons.ordered(repositories);
    host = Reasons.checked(host, distribution.rules()::packageName);
    boot = Reasons.checked(boot, distribution.rules()::packageName);
  }
}
