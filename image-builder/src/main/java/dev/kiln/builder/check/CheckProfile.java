package dev.kiln.builder.check;

import dev.kiln.builder.check.Finding.Available;
import dev.kiln.builder.check.Finding.Subject;
import dev.kiln.builder.check.Finding.Unavailable;
import dev.kiln.builder.distro.ArchiveAccess;
import dev.kiln.builder.distro.Families;
import dev.kiln.builder.distro.Family;
import dev.kiln.builder.fetch.Addresses;
import dev.kiln.builder.fetch.Crew;
import dev.kiln.builder.fetch.Fetcher;
import dev.kiln.builder.mirror.MirrorSource;
import dev.kiln.builder.mirror.Mirrors;
import dev.kiln.builder.progress.Progress;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.KilnException.Kind;
import dev.kiln.profile.Pin;
import dev.kiln.profile.Profile;
import dev.kiln.profile.Repository;
import dev.kiln.profile.Zone;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Asks whether everything a profile names can be had from here: each pin, and each suite of its
 * repositories and of its kit's, at the addresses that a bake would ask, in the same order.
 */
public final class CheckProfile {
  private static final int AT_ONCE = 8;

  private final Families families;
  private final Fetcher fetcher;
  private final Mirrors mirrors;
  private final Progress progress;
  private final Clock clock;

  /**
   * Checks with these means.
   *
   * @param clock that the repositories' dates are compared with
   */
  public CheckProfile(
      Families families, Fetcher fetcher, Mirrors mirrors, Progress progress, Clock clock) {
    this.families = families;
    this.fetcher = fetcher;
    this.mirrors = mirrors;
    this.progress = progress;
    this.clock = clock;
  }

  /** What was found, pins first, in the profile's order. */
  public List<Finding> check(Profile profile, Zone zone) {
    try (Crew<Finding> crew = new Crew<>(AT_ONCE)) {
      profile.pins().values().forEach(pin -> crew.start(() -> check(pin, zone)));
      Map<String, Supplier<Finding>> suites = new LinkedHashMap<>();
      addSuites(suites, families.of(profile), profile.repositories().values());
      addSuites(suites, families.ofTools(), profile.kit().repositories().values());
      suites.values().forEach(crew::start);
      return crew.finish();
    }
  }

  /** Each once: the kit often comes from where the image comes from. */
  private void addSuites(
      Map<String, Supplier<Finding>> suites, Family family, Collection<Repository> repositories) {
    for (Repository repository : repositories) {
      for (String suite : repository.suites()) {
        suites.putIfAbsent(repository.name() + " " + suite, () -> check(family, repository, suite));
      }
    }
  }

  private Finding check(Pin pin, Zone zone) {
    String name = pin.name() + " " + pin.version();
    return find(
        new Subject("pin", name),
        () -> Addresses.shown(fetcher.firstThatAnswers(name, zone.addressesOf(pin))));
  }

  /**
   * A mirror that answers what nobody signed, or what has expired, is passed over in a bake too.
   */
  private Finding check(Family family, Repository repository, String suite) {
    MirrorSource source = new MirrorSource(repository.name(), mirrors, fetcher);
    ArchiveAccess access =
        new ArchiveAccess(name -> source, List.of(), true, clock.instant(), progress);
    return find(
        new Subject("repository", repository.name() + " " + suite),
        () -> {
          family.archive(access).verify(repository, suite);
          return source.name();
        });
  }

  private static Finding find(Subject subject, Supplier<String> address) {
    try {
      return new Available(subject, address.get());
    } catch (KilnException e) {
      if (e.kind() != Kind.DEPENDENCY && e.kind() != Kind.INPUT) {
        throw e;
      }
      return new Unavailable(subject, e.problems());
    }
  }
}
