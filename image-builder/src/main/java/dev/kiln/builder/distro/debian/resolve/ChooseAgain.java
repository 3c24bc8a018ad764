package dev.kiln.builder.distro.debian.resolve;

import dev.kiln.builder.distro.debian.index.BinaryPackage;
import dev.kiln.builder.distro.debian.resolve.Resolution.Resolved;
import dev.kiln.builder.distro.debian.resolve.Resolution.Unresolvable;
import dev.kiln.failure.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Chooses as little else as possible than what was locked: all of it if that will do; else with
 * apt's own candidates for those names whose locked version stands in the way, and for no other.
 */
final class ChooseAgain {
  private final Universe universe;
  private final Request request;
  private final Former former;
  private final Attempt before;

  ChooseAgain(Universe universe, Request request, Locked locked) {
    this.universe = universe;
    this.request = request;
    this.former = new Former(universe, locked);
    this.before = takeAllThatIsStillAskedFor();
  }

  /**
   * A choice that holds.
   *
   * @param released the names for which apt's own candidates were taken
   */
  private record Held(Set<String> released, Attempt attempt) {
    /** Whether what finds no place here is not chosen there either. */
    boolean losesNoMoreThan(Held other) {
      return other.attempt.gone().containsAll(attempt.lost());
    }
  }

  Resolution choose() {
    List<Problem> unknown = Roots.unknown(request, former.without(Set.of()));
    if (!unknown.isEmpty()) {
      return new Unresolvable(unknown, List.of());
    }
    if (former.prefersNothing()) {
      return chooseFreely();
    }
    return keepEverything()
        .or(() -> chooseReleasing(true))
        .or(() -> chooseReleasing(false))
        .or(this::chooseTakingBack)
        .<Resolution>map(attempt -> resolved(attempt.chosen()))
        .orElseGet(this::chooseFreely);
  }

  private Optional<Attempt> keepEverything() {
    boolean asksForNothingNew =
        former.names().containsAll(request.wanted().keySet())
            && (former.hasRecommended() || !request.recommends());
    return former.holdsEverything() && asksForNothingNew
        ? Optional.of(before).filter(attempt -> attempt.faults().isEmpty())
        : Optional.empty();
  }

  private Optional<Attempt> chooseReleasing(boolean guarding) {
    return release(Set.of(), guarding)
        .map(held -> winBack(held, guarding))
        .map(held -> takeBackEach(held, guarding))
        .map(Held::attempt);
  }

  /** Where no step leads on: begins with everything given up. */
  private Optional<Attempt> chooseTakingBack() {
    return hold(former.movable(), false).map(held -> takeBackEach(held, false)).map(Held::attempt);
  }

  private Resolution chooseFreely() {
    Resolution free = new Resolver(universe).resolve(request);
    return free instanceof Resolved good ? resolved(good.packages()) : free;
  }

  /** Gives up, step by step, what stands in the way; a step that led astray is not made again. */
  private Optional<Held> release(Set<String> start, boolean guarding) {
    Set<String> released = new TreeSet<>(start);
    Set<String> movable = former.movable();
    movable.removeAll(start);
    while (true) {
      Universe preferring = former.without(released);
      Attempt attempt = attempt(preferring, released, guarding);
      if (attempt.faults().isEmpty()) {
        return Optional.of(new Held(released, attempt));
      }
      Releases releases = new Releases(universe, preferring, movable, attempt);
      Set<String> more = releases.find();
      Set<String> astray = new TreeSet<>(more.isEmpty() ? releases.astray() : Set.of());
      astray.removeAll(start);
      astray.retainAll(released);
      if (more.isEmpty() && astray.isEmpty()) {
        return hold(released, guarding);
      }
      released.addAll(more);
      released.removeAll(astray);
      movable.removeAll(more);
    }
  }

  /** Gives up the version of what was driven out, if it finds a place with apt's own. */
  private Held winBack(Held first, boolean guarding) {
    Held held = first;
    for (String name : first.attempt.lost()) {
      if (former.movable().contains(name) && held.attempt.lost().contains(name)) {
        Set<String> more = new TreeSet<>(held.released);
        more.add(name);
        Held now = held;
        held =
            release(more, guarding)
                .filter(better -> better.losesNoMoreThan(now))
                .filter(better -> !better.attempt.lost().contains(name))
                .orElse(held);
      }
    }
    return held;
  }

  /** In the end each locked version that was given up is one without which nothing holds. */
  private Held takeBackEach(Held first, boolean guarding) {
    Held held = first;
    int before;
    do {
      before = held.released.size();
      for (String name : List.copyOf(held.released)) {
        held = takeBack(held, name, guarding);
      }
    } while (held.released.size() < before);
    return held;
  }

  private Held takeBack(Held held, String name, boolean guarding) {
    Set<String> fewer = new TreeSet<>(held.released);
    fewer.remove(name);
    return hold(fewer, guarding).filter(one -> one.losesNoMoreThan(held)).orElse(held);
  }

  private Optional<Held> hold(Set<String> released, boolean guarding) {
    Universe preferring = former.without(released);
    RepeatedChoice choice =
        RepeatedChoice.of(
            preferring,
            Roots.of(request, preferring),
            request.recommends(),
            preference(released, guarding));
    return choice.holds() ? Optional.of(new Held(released, choice.last())) : Optional.empty();
  }

  private Attempt attempt(Universe preferring, Set<String> released, boolean guarding) {
    return Attempt.choosing(
        preferring,
        Roots.of(request, preferring),
        Set.of(),
        request.recommends(),
        preference(released, guarding));
  }

  private Preference preference(Set<String> released, boolean guarding) {
    Set<String> kept = new TreeSet<>();
    before.chosen().forEach(chosen -> kept.add(chosen.candidate().name()));
    return former.preference(request, kept, released, guarding);
  }

  private Attempt takeAllThatIsStillAskedFor() {
    Universe all = former.before();
    Map<BinaryPackage, String> roots = new LinkedHashMap<>();
    Map<String, String> wanted = new LinkedHashMap<>(request.wanted());
    wanted.keySet().retainAll(former.names());
    Request known = new Request(request.base(), wanted, request.recommends());
    Roots.of(known, all)
        .forEach(
            (root, reason) -> {
              if (wasLocked(root)) {
                roots.put(root, reason);
              }
            });
    Preference liked = former.preference(request, Set.of(), Set.of(), false);
    return Attempt.taking(all, roots, former.names(), request.recommends(), liked);
  }

  private boolean wasLocked(BinaryPackage candidate) {
    return former.names().contains(candidate.name());
  }

  private Resolved resolved(List<Resolution.Chosen> packages) {
    return new Resolved(packages, new Moves(former, request, packages).list());
  }
}
