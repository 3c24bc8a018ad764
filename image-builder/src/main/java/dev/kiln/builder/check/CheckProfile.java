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
import dev.kiln.builder.mirror.ProfileMirrors;
import dev.kiln.builder.progress.Progress;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.KilnException.Kind;
import dev.kiln.profile.Build;
import dev.kiln.profile.Making;
import dev.kiln.profile.Pin;
import dev.kiln.profile.Profile;
import dev.kiln.profile.Repository;
import dev.kiln.profile.Zone;
import java.net.URI;
import java.time.Clock;
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
  private final ProfileMirrors mirrors;
  private final Progress progress;
  private final Clock clock;

  /**
   * Checks with these means.
   *
   * @param clock that the repositories' dates are compared with
   */
  public CheckProfile(
      Families families, Fetcher fetcher, ProfileMirrors mirrors, Progress progress, Clock clock) {
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
      Asking image = new Asking("repository", families.of(profile), mirrors.image());
      Asking kit = new Asking("kit", families.ofTools(profile), mirrors.kit());
      profile.builds().values().stream()
          .filter(build -> build.making() instanceof Making.OfModules)
          .forEach(build -> crew.start(() -> check(build, (Making.OfModules) build.making())));
      Map<Suite, Supplier<Finding>> suites = new LinkedHashMap<>();
      profile.repositories().values().forEach(each -> addSuites(suites, image, each));
      profile.kit().repositories().values().forEach(each -> addSuites(suites, kit, each));
      suites.values().forEach(crew::start);
      return crew.finish();
    }
  }

  /**
   * Who asks for the suites of a repository, and where.
   *
   * @param kind of what is found
   */
  private record Asking(String kind, Family family, Mirrors mirrors) {}

  /** A suite at certain mirrors. */
  private record Suite(String repository, String name, List<URI> roots) {}

  /** Each once: the kit often comes from where the image comes from. */
  private void addSuites(
      Map<Suite, Supplier<Finding>> suites, Asking asking, Repository repository) {
    for (String name : repository.suites()) {
      suites.putIfAbsent(
          new Suite(repository.name(), name, asking.mirrors().roots(repository.name())),
          () -> check(asking, repository, name));
    }
  }

  private Finding check(Pin pin, Zone zone) {
    String name = pin.name() + " " + pin.version();
    return find(
        new Subject("pin", name),
        () -> Addresses.shown(fetcher.firstThatAnswers(name, zone.addressesOf(pin))));
  }

  /** Where its own module is, the others are most likely, too. */
  private Finding check(Build build, Making.OfModules made) {
    String name = build.name() + " " + build.version();
    return find(
        new Subject("module", name),
        () ->
            Addresses.shown(
                fetcher.firstThatAnswers(
                    name, mirrors.modules().addressesOf(made.module(), build.version()))));
  }

  /**
   * A mirror that answers what nobody signed, or what has expired, is passed over in a bake too.
   */
  private Finding check(Asking asking, Repository repository, String suite) {
    MirrorSource source = new MirrorSource(repository.name(), asking.mirrors(), fetcher);
    ArchiveAccess access =
        new ArchiveAccess(name -> source, List.of(), true, clock.instant(), progress);
    return find(
        new Subject(asking.kind(), repository.name() + " " + suite),
        () -> {
          asking.family().archive(access).verify(repository, suite);
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
