package dev.kiln.builder.distro.debian.resolve;

import static dev.kiln.builder.distro.debian.resolve.Again.chosen;
import static dev.kiln.builder.distro.debian.resolve.Again.lock;
import static dev.kiln.builder.distro.debian.resolve.Again.moves;
import static dev.kiln.builder.distro.debian.resolve.Again.releasing;
import static dev.kiln.builder.distro.debian.resolve.Again.resolve;
import static dev.kiln.builder.distro.debian.resolve.Again.told;
import static dev.kiln.builder.distro.debian.resolve.Again.wanting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.builder.distro.debian.resolve.Locked.LockedEntry;
import dev.kiln.builder.distro.debian.resolve.Resolution.Resolved;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What moves, and in which words; that nothing else does is ChooseAgainPropertyTest's. */
class ChooseAgainTest {
  @Test
  void keepsALockedVersionThatIsInNoIndexAnyMore() {
    Locked lock = lock(wanting("a"), "Package: a\nDepends: b", "Package: b");
    Universe later =
        TestUniverse.of("Package: a\nVersion: 2\nDepends: b", "Package: b\nVersion: 2");

    Resolved again = resolve(later, wanting("a"), lock);

    assertThat(told(again)).containsExactly("a 1: wanted", "b 1: a depends on it");
    assertThat(again.moves()).isEmpty();
  }

  @Test
  void takesTheIndexesOwnEntryOfTheSameBytes() {
    Locked lock =
        TestLock.of(
            chosen(
                new TestUniverse().suite("bookworm-updates", 500, "Package: a").build(),
                wanting("a")),
            false);

    Resolved again = resolve(TestUniverse.of("Package: a"), wanting("a"), lock);

    assertThat(again.packages().get(0).candidate().origin().suite()).isEqualTo("bookworm");
    assertThat(again.moves()).isEmpty();
  }

  @Test
  void addsOnlyWhatANewWishNeeds() {
    Locked lock = lock(wanting("a"), "Package: a\nDepends: b", "Package: b");
    Universe later =
        TestUniverse.of(
            "Package: a\nVersion: 2\nDepends: b",
            "Package: b\nVersion: 2",
            "Package: c\nDepends: b, d (>= 1)",
            "Package: d");

    Resolved again = resolve(later, wanting("a", "c"), lock);

    assertThat(moves(again))
        .containsExactly("c - 1: the profile wants it: wanted", "d - 1: c 1 depends on d (>= 1)");
  }

  @Test
  void staysWithALockedProviderThoughAptWouldChooseAnotherNow() {
    Locked lock = lock(wanting("a"), "Package: a\nDepends: mta", "Package: m\nProvides: mta");
    Universe later =
        TestUniverse.of(
            "Package: a\nDepends: mta",
            "Package: m\nProvides: mta",
            "Package: n\nProvides: mta\nPriority: important",
            "Package: c\nDepends: mta");

    assertThat(moves(resolve(later, wanting("a", "c"), lock)))
        .containsExactly("c - 1: the profile wants it: wanted");
  }

  @Test
  void movesWhatIsToBeUpdatedAndWhatThatForces() {
    Locked lock =
        lock(wanting("a", "b"), "Package: a\nDepends: lib (= 1)", "Package: lib", "Package: b");
    Universe later =
        TestUniverse.of(
            "Package: a\nVersion: 2\nDepends: lib (= 2)",
            "Package: lib\nVersion: 2",
            "Package: b\nVersion: 2");

    Resolved again = resolve(later, wanting("a", "b"), releasing(lock, "asked for", "a"));

    assertThat(moves(again))
        .containsExactly("a 1 2: asked for", "lib 1 2: a 2 depends on lib (= 2)");
  }

  @Test
  void movesNothingWhereTheUpdatedHasNoOtherVersion() {
    Locked lock = lock(wanting("a"), "Package: a\nDepends: x | y", "Package: x");
    Universe later =
        TestUniverse.of("Package: a\nDepends: x | y", "Package: x", "Package: y", "Package: b");

    assertThat(resolve(later, wanting("a"), releasing(lock, "asked for", "a")).moves()).isEmpty();
  }

  @Test
  void takesAwayWhatTheProfileDoesNotWantAnyMoreAndWhatOnlyThatNeeded() {
    String[] archive = {
      "Package: a\nSuggests: b", "Package: b\nDepends: c", "Package: c", "Package: d"
    };
    Locked lock = lock(wanting("a", "b"), archive);

    assertThat(moves(resolve(TestUniverse.of(archive), wanting("a"), lock)))
        .containsExactly(
            "b 1 -: the profile does not want it any more", "c 1 -: nothing asks for it any more");
  }

  @Test
  void followsRecommendationsWhenTheProfileTurnsThemOnOrOff() {
    String[] archive = {"Package: a\nRecommends: b", "Package: b"};
    Request with = new Request(false, Map.of("a", "wanted"), true);
    List<Resolution.Chosen> all = chosen(TestUniverse.of(archive), with);

    assertThat(moves(resolve(TestUniverse.of(archive), with, lock(wanting("a"), archive))))
        .containsExactly("b - 1: a 1 recommends b");
    assertThat(moves(resolve(TestUniverse.of(archive), wanting("a"), TestLock.of(all, true))))
        .containsExactly("b 1 -: nothing asks for it any more");
  }

  @Test
  void takesNoNewRecommendationOfALockedPackage() {
    Request with = new Request(false, Map.of("a", "wanted"), true);
    Locked lock = TestLock.of(chosen(TestUniverse.of("Package: a\nRecommends: b"), with), true);
    Universe later =
        TestUniverse.of(
            "Package: a\nRecommends: b", "Package: b", "Package: c\nRecommends: d", "Package: d");
    Request more =
        new Request(false, new LinkedHashMap<>(Map.of("a", "wanted", "c", "wanted")), true);

    assertThat(moves(resolve(later, more, lock)))
        .containsExactly("c - 1: the profile wants it: wanted", "d - 1: c 1 recommends d");
  }

  @Test
  void takesTheArchivesBytesWhereItHasOthersUnderTheSameVersion() {
    Locked lock = lock(wanting("a"), "Package: a\nDepends: b", "Package: b", "Package: c");
    Universe rebuilt = TestUniverse.of("Package: a\nDepends: b, c", "Package: b", "Package: c");

    assertThat(moves(resolve(rebuilt, wanting("a"), lock)))
        .containsExactly(
            "a 1 1: the archive has other bytes under the same version", "c - 1: a 1 depends on c");
  }

  @Test
  void keepsTheLockedBytesWhereAnotherRepositoryHasOthersUnderTheSameVersion() {
    Locked lock = lock(wanting("a"), "Package: a");
    Universe other =
        new TestUniverse()
            .repository("other")
            .suite("stable", 500, "Package: a\nDepends: b")
            .build();

    assertThat(resolve(other, wanting("a"), lock).moves()).isEmpty();
  }

  @Test
  void explainsTheFreeChoiceWhereNothingHolds() {
    Locked lock = lock(wanting("a"), "Package: a\nDepends: b", "Package: b");
    Universe later =
        TestUniverse.of(
            "Package: a\nVersion: 2\nDepends: b",
            "Package: b\nVersion: 2",
            "Package: c\nDepends: b (>= 3)");

    Resolution again = new Resolver(later).resolve(wanting("a", "c"), lock);

    assertThat(again).isEqualTo(new Resolver(later).resolve(wanting("a", "c")));
    assertThat(again).isInstanceOf(Resolution.Unresolvable.class);
  }

  @Test
  void saysWhichWishIsInNoRepository() {
    Resolution again =
        new Resolver(TestUniverse.of())
            .resolve(wanting("a", "b"), lock(wanting("a"), "Package: a"));

    assertThatThrownBy(again::orThrow)
        .hasMessageStartingWith("the package b (wanted) is in no repository of the profile.");
  }

  @Test
  void refusesALockThatNamesAPackageTwice() {
    List<LockedEntry> one = lock(wanting("a"), "Package: a").packages();
    List<LockedEntry> twice = new ArrayList<>(one);
    twice.addAll(one);

    assertThatThrownBy(() -> new Locked(twice, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the package a is locked twice");
  }
}
