package dev.kiln.builder.check;

import dev.kiln.builder.check.Finding.Available;
import dev.kiln.builder.check.Finding.Subject;
import dev.kiln.builder.check.Finding.Unavailable;
import dev.kiln.builder.debian.archive.Keyring;
import dev.kiln.builder.debian.archive.SignedSuite;
import dev.kiln.builder.debian.archive.Suite;
import dev.kiln.builder.fetch.Addresses;
import dev.kiln.builder.fetch.Crew;
import dev.kiln.builder.fetch.Fetcher;
import dev.kiln.builder.mirror.MirrorSource;
import dev.kiln.builder.mirror.Mirrors;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.KilnException.Kind;
import dev.kiln.profile.Pin;
import dev.kiln.profile.Profile;
import dev.kiln.profile.Repository;
import dev.kiln.profile.Zone;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/**
 * Asks whether everything a profile names can be had from here: each pin and each suite of its
 * repositories, at the addresses that a bake would ask, in the same order.
 */
public final class CheckProfile {
  private static final int AT_ONCE = 8;

  private final Fetcher fetcher;
  private final Mirrors mirrors;
  private final Clock clock;

  /**
   * Checks with these means.
   *
   * @param clock that the repositories' dates are compared with
   */
  public CheckProfile(Fetcher fetcher, Mirrors mirrors, Clock clock) {
    this.fetcher = fetcher;
    this.mirrors = mirrors;
    this.clock = clock;
  }

  /** What was found, pins first, in the profile's order. */
  public List<Finding> check(Profile profile, Zone zone) {
    try (Crew<Finding> crew = new Crew<>(AT_ONCE)) {
      profile.pins().values().forEach(pin -> crew.start(() -> check(pin, zone)));
      profile.repositories().values().forEach(repository -> startSuites(crew, repository));
      return crew.finish();
    }
  }

  private Finding check(Pin pin, Zone zone) {
    String name = pin.name() + " " + pin.version();
    return find(
        new Subject("pin", name),
        () -> Addresses.shown(fetcher.firstThatAnswers(name, zone.addressesOf(pin))));
  }

  private void startSuites(Crew<Finding> crew, Repository repository) {
    Keyring keyring = Keyring.read(repository.keyring().name(), repository.keyring().bytes());
    for (String name : repository.suites()) {
      Suite suite = new Suite(repository.name(), name, repository.components(), keyring);
      crew.start(() -> check(suite));
    }
  }

  /**
   * A mirror that answers what nobody signed, or what has expired, is passed over in a bake too.
   */
  private Finding check(Suite suite) {
    MirrorSource source = new MirrorSource(suite.repository(), mirrors, fetcher);
    return find(
        new Subject("repository", suite.repository() + " " + suite.name()),
        () -> {
          SignedSuite.open(source, suite, clock.instant());
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
