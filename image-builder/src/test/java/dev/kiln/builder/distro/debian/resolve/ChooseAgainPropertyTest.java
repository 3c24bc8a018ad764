package dev.kiln.builder.distro.debian.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.distro.Move;
import dev.kiln.builder.distro.debian.resolve.Resolution.Resolved;
import dev.kiln.campaign.Campaign;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChooseAgainPropertyTest {
  private static final int ROUNDS = 400;
  private static final int ENOUGH = 50;

  @Test
  void nothingMovesWhenTheRequestDidNotChange() {
    int seen =
        Campaign.count(
            ROUNDS,
            random -> {
              Case one = new Case(random.nextLong());
              if (one.first().isEmpty()) {
                return false;
              }
              for (Universe universe : List.of(one.now, one.later, TestUniverse.of())) {
                Resolved again = new Resolver(universe).resolve(one.request, one.lock()).orThrow();

                assertThat(told(again)).as(one.name).isEqualTo(told(one.first().get()));
                assertThat(again.moves()).as(one.name).isEmpty();
              }
              return true;
            });
    assertThat(seen).as("enough of them could be met").isGreaterThan(ENOUGH);
  }

  @Test
  void aWishMovesNothingThatNeedNotMove() {
    int seen =
        Campaign.count(
            ROUNDS,
            random -> {
              Case one = Case.withoutCircles(random.nextLong());
              Optional<Resolved> again = wished(one);
              if (again.isEmpty() || !needsNoMove(one)) {
                return false;
              }
              assertThat(again.get().moves())
                  .as(one.name)
                  .noneMatch(move -> move.from().isPresent());
              return true;
            });
    assertThat(seen).as("enough of them need no move").isGreaterThan(ENOUGH);
  }

  /** Where a greedy choice does not come to the one set that would need no move. */
  @Test
  void aWishHardlyEverMovesWhatNeedNotMoveInArchivesFullOfCirclesAndConflicts() {
    AtomicInteger astray = new AtomicInteger();
    int seen =
        Campaign.count(
            4 * ROUNDS,
            random -> {
              Case one = new Case(random.nextLong());
              Optional<Resolved> again = wished(one);
              if (again.isEmpty() || !needsNoMove(one)) {
                return false;
              }
              if (again.get().moves().stream().anyMatch(move -> move.from().isPresent())) {
                astray.incrementAndGet();
              }
              return true;
            });
    assertThat(seen).as("enough of them need no move").isGreaterThan(ENOUGH);
    assertThat(astray.get()).as("of %d", seen).isLessThan(seen / 40);
  }

  /** The choice is greedy: of tens of thousands of moved versions one need not have moved. */
  @Test
  void withoutCirclesHardlyEverAVersionMovesWithoutNeed() {
    AtomicInteger seen = new AtomicInteger();
    List<String> withoutNeed = new ArrayList<>();
    Campaign.count(
        4 * ROUNDS,
        random -> {
          Case one = Case.withoutCircles(random.nextLong());
          Optional<Resolved> again = wished(one);
          again.ifPresent(
              it -> {
                seen.addAndGet(moved(it).size());
                movedWithoutNeed(one, it).forEach(name -> withoutNeed.add(one.name + ": " + name));
              });
          return again.isPresent();
        });
    assertThat(seen.get()).as("enough of them moved").isGreaterThan(ENOUGH);
    assertThat(withoutNeed).as("of %d", seen.get()).hasSizeLessThan(2 + seen.get() / 10_000);
  }

  /** Archives in which a version once moved without need. */
  @ParameterizedTest
  @ValueSource(longs = {7646633713294834087L, 4941594530241429497L, -470907389695644161L})
  void aMoveThatWasWithoutNeedIsMadeNoMore(long seedOfOne) {
    Case one = Case.withoutCircles(seedOfOne);

    Resolved again = one.again(one.wished(), List.of()).orThrow();

    assertThat(moved(again)).isNotEmpty();
    assertThat(movedWithoutNeed(one, again)).as("%s", again.moves()).isEmpty();
  }

  /** Where a greedy choice finds no set though there is one, more moves than must. */
  @Test
  void seldomAVersionMovesWithoutNeedInArchivesFullOfCirclesAndConflicts() {
    AtomicInteger seen = new AtomicInteger();
    AtomicInteger withoutNeed = new AtomicInteger();
    Campaign.count(
        4 * ROUNDS,
        random -> {
          Case one = new Case(random.nextLong());
          Optional<Resolved> again = wished(one);
          again.ifPresent(
              it -> {
                seen.addAndGet(moved(it).size());
                withoutNeed.addAndGet(movedWithoutNeed(one, it).size());
              });
          return again.isPresent();
        });
    assertThat(seen.get()).as("enough of them moved").isGreaterThan(ENOUGH);
    assertThat(withoutNeed.get()).as("of %d", seen.get()).isLessThan(seen.get() / 16);
  }

  @Test
  void withEverythingUpdatedItIsTheFreeChoice() {
    int seen =
        Campaign.count(
            ROUNDS,
            random -> {
              Case one = new Case(random.nextLong());
              if (one.first().isEmpty()
                  || !(new Resolver(one.later).resolve(one.request) instanceof Resolved free)) {
                return false;
              }
              List<String> names =
                  one.first().get().packages().stream()
                      .map(each -> each.candidate().name())
                      .toList();

              Resolution again = one.again(one.request, names);

              assertThat(again.orThrow().packages()).as(one.name).isEqualTo(free.packages());
              return true;
            });
    assertThat(seen).as("enough of them could be met").isGreaterThan(ENOUGH / 2);
  }

  @Test
  void aWishThatIsNoneAnyMoreOnlyTakesAway() {
    int seen =
        Campaign.count(
            ROUNDS,
            random -> {
              Case one = new Case(random.nextLong());
              if (one.first().isEmpty() || one.request.wanted().size() < 2) {
                return false;
              }
              Map<String, String> fewer = new LinkedHashMap<>(one.request.wanted());
              fewer.remove(fewer.keySet().iterator().next());
              Request request = new Request(one.request.base(), fewer, one.request.recommends());

              Resolved again = one.again(request, List.of()).orThrow();

              Hold.assertHolds(again.packages(), List.copyOf(fewer.keySet()), one.name);
              assertThat(again.moves()).as(one.name).allMatch(move -> move.to().isEmpty());
              return true;
            });
    assertThat(seen).as("enough of them could be met").isGreaterThan(ENOUGH);
  }

  /** What is chosen again with the wish, which holds together; nothing where it cannot be met. */
  private static Optional<Resolved> wished(Case one) {
    if (one.first().isEmpty() || !(one.again(one.wished(), List.of()) instanceof Resolved again)) {
      return Optional.empty();
    }
    Hold.assertHolds(again.packages(), List.copyOf(one.wished().wanted().keySet()), one.name);
    return Optional.of(again);
  }

  /** Whether everything that was locked can stay as it was beside what is wished. */
  private static boolean needsNoMove(Case one) {
    Former former = new Former(one.later, one.lock());
    Set<String> all = roots(one.wished(), former.without(Set.of()));
    all.addAll(former.names());
    return new Exhaustive(former.without(Set.of())).canHold(all);
  }

  /** Those that could be as they were, with everything else that was kept. */
  private static Set<String> movedWithoutNeed(Case one, Resolved again) {
    Former former = new Former(one.later, one.lock());
    Set<String> without = new TreeSet<>();
    for (String name : moved(again)) {
      Set<String> others = moved(again);
      others.remove(name);
      Set<String> kept = new TreeSet<>();
      again.packages().forEach(each -> kept.add(each.candidate().name()));
      kept.retainAll(former.names());
      kept.addAll(roots(one.wished(), former.without(others)));
      if (new Exhaustive(former.without(others)).canHold(kept)) {
        without.add(name);
      }
    }
    return without;
  }

  private static Set<String> roots(Request request, Universe universe) {
    Set<String> names = new TreeSet<>(request.wanted().keySet());
    if (request.base()) {
      universe.base().forEach(each -> names.add(each.name()));
    }
    return names;
  }

  private static Set<String> moved(Resolved resolved) {
    return resolved.moves().stream()
        .filter(move -> move.from().isPresent() && move.to().isPresent())
        .map(Move::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> told(Resolved resolved) {
    return resolved.packages().stream()
        .map(each -> each.candidate() + ": " + each.reason())
        .toList();
  }

  /** An archive, what was chosen of it, and the archive some time later. */
  private static final class Case {
    final String name;
    final Universe now;
    final Universe later;
    final Request request;
    private final Resolution first;
    private final List<String> more;

    Case(long seed) {
      this(seed, RandomUniverse.withConflicts(seed));
    }

    private Case(long seed, RandomUniverse random) {
      name = "seed " + seed;
      List<String> paragraphs = random.paragraphs();
      now = TestUniverse.of(paragraphs.toArray(String[]::new));
      later = TestUniverse.of(random.later(paragraphs).toArray(String[]::new));
      request = request(random.wanted(), Math.floorMod(seed, 5) == 0, Math.floorMod(seed, 3) == 0);
      more = random.wanted().size() > 1 ? random.wanted() : List.of("new");
      first = new Resolver(now).resolve(request);
    }

    static Case withoutCircles(long seed) {
      return new Case(seed, RandomUniverse.withoutCircles(seed));
    }

    Optional<Resolved> first() {
      return first instanceof Resolved resolved ? Optional.of(resolved) : Optional.empty();
    }

    Locked lock() {
      return TestLock.of(first.orThrow().packages(), request.recommends());
    }

    Request wished() {
      List<String> all = new ArrayList<>(request.wanted().keySet());
      all.addAll(more);
      return request(all, request.base(), request.recommends());
    }

    Resolution again(Request changed, List<String> updated) {
      Locked lock = TestLock.of(first.orThrow().packages(), request.recommends(), updated);
      return new Resolver(later).resolve(changed, lock);
    }

    private static Request request(List<String> wanted, boolean base, boolean recommends) {
      Map<String, String> reasons = new LinkedHashMap<>();
      wanted.forEach(name -> reasons.put(name, "wanted"));
      return new Request(base, reasons, recommends);
    }
  }
}
