package dev.kiln.builder.mirror;

import dev.kiln.builder.fetch.Addresses;
import dev.kiln.profile.Repository;
import java.net.URI;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One {@code --mirror NAME=URL} or {@code --mirror URL}.
 *
 * @param repository the profile's name of the repository; empty for all of them
 * @param root where it lies: http, https or file; for all of them, the host that holds each under
 *     the last part of its public address
 */
public record MirrorOption(Optional<String> repository, URI root) {
  private static final Pattern OPTION =
      Pattern.compile("(?:([a-z0-9][a-z0-9.-]*)=)?((?:https?|file)://\\S+)");

  /**
   * Reads the option's value.
   *
   * @throws IllegalArgumentException that says how it is written
   */
  public static MirrorOption parse(String text) {
    Matcher matcher = OPTION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'"
              + Addresses.shown(text)
              + "' is not a mirror: write REPOSITORY=URL, such as"
              + " debian=https://ftp.debian.org/debian, or the URL of a host that has them all");
    }
    return new MirrorOption(
        Optional.ofNullable(matcher.group(1)), MirrorRoot.parse(matcher.group(2)));
  }

  /** Where this option says that a repository is; empty where it is about another one. */
  Optional<URI> rootOf(Repository wanted, Collection<Repository> all) {
    if (repository.isPresent()) {
      return repository.filter(wanted.name()::equals).map(name -> root);
    }
    return Optional.of(URI.create(host(all) + "/" + lastPart(wanted.mirror())));
  }

  /** {@code http://host/debian} says as much as {@code http://host}. */
  private String host(Collection<Repository> all) {
    String last = lastPart(root);
    boolean isRepository =
        !last.isEmpty() && all.stream().anyMatch(each -> lastPart(each.mirror()).equals(last));
    String text = root.toString();
    return isRepository ? text.substring(0, text.length() - last.length() - 1) : text;
  }

  /** What a mirror calls the repository it mirrors. */
  public static String lastPart(URI address) {
    String path = address.getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
