package dev.kiln.builder.mirror;

import dev.kiln.builder.gomod.ModuleProxies;
import dev.kiln.failure.KilnException;
import dev.kiln.file.InputFiles;
import dev.kiln.profile.Profile;
import dev.kiln.profile.Repository;
import dev.kiln.profile.Zone;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The mirrors of a profile's repositories, in the order in which they are asked: those of {@code
 * --mirror}, those of the user's configuration, the zone's, the host's own where it runs the same
 * release, and the profile's public default.
 *
 * <p>The kit has repositories of its own. One of them may have the name of one of the image's:
 * whoever names a mirror means both, but what the profile says of one says nothing of the other.
 *
 * @param image of the repositories that the image is made from
 * @param kit of those that the tools come from
 * @param modules the proxies of Go modules that are built
 */
public record ProfileMirrors(Mirrors image, Mirrors kit, ModuleProxies modules) {
  /** Of a profile that builds no Go modules. */
  public ProfileMirrors(Mirrors image, Mirrors kit) {
    this(image, kit, ModuleProxies.NONE);
  }

  /** The same, with proxies. */
  public ProfileMirrors with(ModuleProxies proxies) {
    return new ProfileMirrors(image, kit, proxies);
  }

  /**
   * Chooses.
   *
   * @param options what {@code --mirror} said
   * @param userFile the user's configuration; it need not exist
   * @param inputs is told of that file
   * @param host the mirrors of a repository that this machine itself uses
   */
  public static ProfileMirrors choose(
      Profile profile,
      Zone zone,
      List<MirrorOption> options,
      Path userFile,
      InputFiles inputs,
      Function<Repository, List<URI>> host) {
    Map<String, List<URI>> configured = MirrorFile.read(userFile, inputs);
    Collection<Repository> ofImage = profile.repositories().values();
    Collection<Repository> ofKit = profile.kit().repositories().values();
    List<Repository> all = Stream.concat(ofImage.stream(), ofKit.stream()).toList();
    refuseUnknown(options, all);
    Function<Repository, List<URI>> roots =
        repository -> {
          String name = repository.name();
          Set<URI> found = new LinkedHashSet<>();
          options.forEach(option -> option.rootOf(repository, all).ifPresent(found::add));
          found.addAll(configured.getOrDefault(name, List.of()));
          Optional.ofNullable(zone.mirrors().get(name))
              .map(ProfileMirrors::withoutSlash)
              .ifPresent(found::add);
          found.addAll(host.apply(repository));
          found.add(repository.mirror());
          return List.copyOf(found);
        };
    return new ProfileMirrors(mirrors(ofImage, roots), mirrors(ofKit, roots));
  }

  private static Mirrors mirrors(
      Collection<Repository> repositories, Function<Repository, List<URI>> roots) {
    Map<String, List<URI>> byRepository = new HashMap<>();
    Map<String, URI> archives = new HashMap<>();
    for (Repository repository : repositories) {
      byRepository.put(repository.name(), roots.apply(repository));
      repository.archive().ifPresent(archive -> archives.put(repository.name(), archive));
    }
    return new Mirrors(byRepository, archives);
  }

  /** Of all repositories, by their names; empty where one name means two of them. */
  public Optional<Mirrors> together() {
    boolean anyIsTwo = kit.byRepository().keySet().stream().anyMatch(this::isTwo);
    return anyIsTwo ? Optional.empty() : Optional.of(image.and(kit));
  }

  private boolean isTwo(String name) {
    return image.byRepository().containsKey(name) && !kitHasTheImages(name);
  }

  /** Whether this name means one and the same repository in the image and in the kit. */
  public boolean kitHasTheImages(String name) {
    return kit.only(name).equals(image.only(name));
  }

  private static void refuseUnknown(List<MirrorOption> options, List<Repository> all) {
    List<String> known = all.stream().map(Repository::name).distinct().toList();
    for (MirrorOption option : options) {
      option
          .repository()
          .filter(name -> !known.contains(name))
          .ifPresent(
              name -> {
                throw KilnException.input(
                    "--mirror names the repository '" + name + "', which the profile does not have",
                    "Take one of " + known.stream().collect(Collectors.joining(", ")));
              });
    }
  }

  private static URI withoutSlash(URI root) {
    return URI.create(root.toString().replaceAll("/+$", ""));
  }
}
