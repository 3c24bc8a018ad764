package dev.kiln.builder.mirror;

import dev.kiln.failure.KilnException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The mirrors of repositories, in the order in which they are asked. What comes from any of them is
 * verified all the same.
 *
 * @param byRepository roots without a slash at the end; at least one for each repository
 * @param archives of the repositories that have one: what keeps the files that mirrors drop
 */
public record Mirrors(Map<String, List<URI>> byRepository, Map<String, URI> archives) {
  private static final DateTimeFormatter ARCHIVE_TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  public Mirrors {
    byRepository = Map.copyOf(byRepository);
    archives = Map.copyOf(archives);
  }

  /**
   * The addresses of one file.
   *
   * @param repository the profile's name of it
   * @param path below the repository's root
   */
  public List<URI> of(String repository, String path) {
    return roots(repository).stream().map(root -> address(root, path)).toList();
  }

  /**
   * The addresses of one file in the repository's archive, which shows the repository as it saw it
   * last at the time asked for. A day after an index was made it has seen every file of it; one
   * that was dropped within that day is there at the time of the index itself.
   *
   * @param indexTime of an index that names the file
   * @return none where the profile names no archive
   */
  public List<URI> archived(String repository, String path, Instant indexTime) {
    return Optional.ofNullable(archives.get(repository)).stream()
        .flatMap(
            archive ->
                Stream.of(indexTime.plus(Duration.ofDays(1)), indexTime)
                    .map(ARCHIVE_TIME::format)
                    .map(time -> address(archive, time + "/" + path)))
        .toList();
  }

  /** Those of one repository; none where it is another's. */
  Mirrors only(String repository) {
    Map<String, List<URI>> roots = new HashMap<>(byRepository);
    Map<String, URI> archive = new HashMap<>(archives);
    roots.keySet().retainAll(Set.of(repository));
    archive.keySet().retainAll(Set.of(repository));
    return new Mirrors(roots, archive);
  }

  /** These and others, of other repositories or of the same with the same mirrors. */
  Mirrors and(Mirrors others) {
    Map<String, List<URI>> roots = new HashMap<>(byRepository);
    Map<String, URI> archive = new HashMap<>(archives);
    roots.putAll(others.byRepository());
    archive.putAll(others.archives());
    return new Mirrors(roots, archive);
  }

  /** The address of a file below a root. */
  static URI address(URI root, String path) {
    return URI.create(root + "/" + escaped(path));
  }

  /** The roots to ask for a repository, in order. */
  public List<URI> roots(String repository) {
    List<URI> roots = byRepository.get(repository);
    if (roots == null) {
      throw KilnException.input(
          "the lock takes files from the repository '"
              + repository
              + "', which the profile does not have",
          "Make the lock again: builder lock");
    }
    return roots;
  }

  /**
   * Each character of a path stands for itself. As in apt, '+' is escaped too: object stores take
   * it for a blank.
   */
  private static String escaped(String path) {
    return path.replace("%", "%25")
        .replace(" ", "%20")
        .replace("#", "%23")
        .replace("?", "%3F")
        .replace("+", "%2B");
  }
}
