package dev.kiln.builder.mirror;

import dev.kiln.failure.KilnException;
import dev.kiln.file.InputFiles;
import dev.kiln.profile.Profile;
import dev.kiln.profile.Repository;
import dev.kiln.profile.Zone;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The mirrors of a profile's repositories, in the order in which they are asked: those of {@code
 * --mirror}, those of the user's configuration, the zone's, the host's own where it runs the same
 * release, and the profile's public default. What comes from any of them is verified all the same.
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
   * Chooses.
   *
   * @param options what {@code --mirror} said
   * @param userFile the user's configuration; it need not exist
   * @param inputs is told of that file
   * @param host the mirrors of a repository that this machine itself uses
   */
  public static Mirrors choose(
      Profile profile,
      Zone zone,
      List<MirrorOption> options,
      Path userFile,
      InputFiles inputs,
      Function<Repository, List<URI>> host) {
    Map<String, List<URI>> configured = MirrorFile.read(userFile, inputs);
    refuseUnknown(options, profile);
    Map<String, List<URI>> chosen = new TreeMap<>();
    Map<String, URI> archives = new TreeMap<>();
    repositoriesOf(profile)
        .forEach(
            repository -> {
              String name = repository.name();
              Set<URI> roots = new LinkedHashSet<>();
              options.forEach(
                  option ->
                      option.rootOf(repository, repositoriesOf(profile)).ifPresent(roots::add));
              roots.addAll(configured.getOrDefault(name, List.of()));
              if (zone.mirrors().containsKey(name)) {
                roots.add(withoutSlash(zone.mirrors().get(name)));
              }
              roots.addAll(host.apply(repository));
              roots.add(repository.mirror());
              chosen.merge(name, List.copyOf(roots), Mirrors::both);
              repository.archive().ifPresent(archive -> archives.putIfAbsent(name, archive));
            });
    return new Mirrors(chosen, archives);
  }

  /** The image's and the kit's; a name may stand in both. */
  private static List<Repository> repositoriesOf(Profile profile) {
    return Stream.concat(
            profile.repositories().values().stream(),
            profile.kit().repositories().values().stream())
        .toList();
  }

  private static List<URI> both(List<URI> one, List<URI> other) {
    return Stream.concat(one.stream(), other.stream()).distinct().toList();
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

  private static void refuseUnknown(List<MirrorOption> options, Profile profile) {
    for (MirrorOption option : options) {
      option
          .repository()
          .filter(
              name -> repositoriesOf(profile).stream().noneMatch(each -> each.name().equals(name)))
          .ifPresent(
              name -> {
                throw KilnException.input(
                    "--mirror names the repository '" + name + "', which the profile does not have",
                    "Take one of "
                        + repositoriesOf(profile).stream()
                            .map(Repository::name)
                            .distinct()
                            .collect(Collectors.joining(", ")));
              });
    }
  }

  private static URI withoutSlash(URI root) {
    return URI.create(root.toString().replaceAll("/+$", ""));
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
