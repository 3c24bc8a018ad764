package dev.kiln.builder.debian.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.builder.debian.resolve.Locked.LockedEntry;
import dev.kiln.builder.debian.resolve.Resolution.Resolved;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  void movesWhatANewWishNeedsInAnotherVersionAndWhatThatTakesAlong() {
    Locked lock =
        lock(
            wanting("a"),
            "Package: a\nDepends: lib, tool",
            "Package: lib",
            tool("1"),
            "Package: x");
    Universe later =
        TestUniverse.of(
            "Package: a\nVersion: 2\nDepends: lib, tool",
            "Package: lib\nVersion: 2",
            tool("2"),
            "Package: x\nVersion: 2",
            "Package: c\nDepends: lib (>= 2)");

    Resolved again = resolve(later, wanting("a", "c"), lock);

    assertThat(moves(again))
        .containsExactly(
            "c - 1: the profile wants it: wanted",
            "lib 1 2: c 1 depends on lib (>= 2)",
            "tool 1 2: tool 1 depends on lib (= 1), which nothing answers now");
  }

  @Test
  void followsANeedDownToTheVersionThatStandsInTheWay() {
    Locked lock = lock(wanting("lib"), "Package: lib");
    Universe later =
        TestUniverse.of(
            "Package: c\nDepends: d",
            "Package: d\nDepends: lib (>= 2)",
            "Package: lib\nVersion: 2");

    assertThat(moves(resolve(later, wanting("lib", "c"), lock)))
        .contains("lib 1 2: d 1 depends on lib (>= 2)");
  }

  @Test
  void prefersAnAlternativeToAMove() {
    Locked lock = lock(wanting("lib"), "Package: lib");
    Universe later =
        TestUniverse.of(
            "Package: c\nDepends: lib (>= 2) | other",
            "Package: lib\nVersion: 2",
            "Package: other");

    assertThat(moves(resolve(later, wanting("lib", "c"), lock)))
        .containsExactly(
            "c - 1: the profile wants it: wanted", "other - 1: c 1 depends on lib (>= 2) | other");
  }

  @Test
  void movesWhatAnswersInsteadOfAPackageThatCannotBe() {
    Locked lock = lock(wanting("p"), "Package: p");
    Universe later =
        TestUniverse.of(
            "Package: p\nVersion: 2\nProvides: v",
            "Package: broken\nDepends: missing\nProvides: v",
            "Package: c\nDepends: v");

    assertThat(moves(resolve(later, wanting("p", "c"), lock)))
        .containsExactly("c - 1: the profile wants it: wanted", "p 1 2: c 1 depends on v");
  }

  @Test
  void movesWhoNeedsAPackageThatCannotBe() {
    Locked lock =
        lock(wanting("a", "b"), "Package: a\nDepends: x", "Package: x\nBreaks: n", "Package: b");
    Universe later =
        TestUniverse.of(
            "Package: a\nVersion: 2",
            "Package: b\nVersion: 2",
            "Package: n",
            "Package: c\nDepends: n");

    assertThat(moves(resolve(later, wanting("a", "b", "c"), lock)))
        .containsExactly(
            "a 1 2: a 1 depends on x, which nothing answers now",
            "c - 1: the profile wants it: wanted",
            "n - 1: c 1 depends on n",
            "x 1 -: nothing asks for it any more");
  }

  @Test
  void givesUpALockedPackageAtLast() {
    Locked lock = lock(wanting("a"), "Package: a\nDepends: x | w", "Package: x");
    Universe later =
        TestUniverse.of(
            "Package: a\nDepends: x | w",
            "Package: x",
            "Package: w",
            "Package: one\nConflicts: x",
            "Package: two\nConflicts: x",
            "Package: c\nDepends: one | two");

    assertThat(moves(resolve(later, wanting("c", "a"), lock)))
        .contains("w - 1: a 1 depends on x | w", "x 1 -: two 1 and x 1 exclude each other");
  }

  @Test
  void takesBackAReleaseThatAnotherOneMadeNeedless() {
    Locked lock = lock(wanting("p", "q"), "Package: p", "Package: q");
    Universe later =
        TestUniverse.of(
            "Package: p\nVersion: 2",
            "Package: q\nVersion: 2",
            "Package: c\nDepends: p (>= 2) | q (>= 2)",
            "Package: d\nDepends: q (>= 2)");

    assertThat(moves(resolve(later, wanting("p", "q", "c", "d"), lock)))
        .containsExactly(
            "c - 1: the profile wants it: wanted",
            "d - 1: the profile wants it: wanted",
            "q 1 2: c 1 depends on p (>= 2) | q (>= 2)");
  }

  @Test
  void takesBackAReleaseThatLedToAVersionThatCannotBe() {
    Locked lock = lock(wanting("p", "q"), "Package: p", "Package: q");
    Universe later =
        TestUniverse.of(
            "Package: p\nVersion: 2\nDepends: missing",
            "Package: q\nVersion: 2",
            "Package: c\nDepends: p (>= 2) | q (>= 2)");

    assertThat(moves(resolve(later, wanting("p", "q", "c"), lock)))
        .containsExactly(
            "c - 1: the profile wants it: wanted", "q 1 2: c 1 depends on p (>= 2) | q (>= 2)");
  }

  @Test
  void movesALockedPackageOutOfAConflictAndTakesNoOther() {
    Locked lock = lock(wanting("a"), "Package: a\nDepends: x | y", "Package: x");
    Universe later =
        TestUniverse.of(
            "Package: a\nDepends: x | y",
            "Package: x\nVersion: 2",
            "Package: y",
            "Package: c\nBreaks: x (<< 2)");

    for (Request request : List.of(wanting("a", "c"), wanting("c", "a"))) {
      assertThat(moves(resolve(later, request, lock)))
          .containsExactly(
              "c - 1: the profile wants it: wanted", "x 1 2: c 1 and x 1 exclude each other");
    }
  }

  @Test
  void replacesALockedPackageThatNoVersionBringsOutOfAConflict() {
    Locked lock = lock(wanting("a"), "Package: a\nDepends: x | y", "Package: x");
    Universe later =
        TestUniverse.of(
            "Package: a\nDepends: x | y", "Package: x", "Package: y", "Package: c\nConflicts: x");

    assertThat(moves(resolve(later, wanting("a", "c"), lock)))
        .containsExactly(
            "c - 1: the profile wants it: wanted",
            "x 1 -: c 1 and x 1 exclude each other",
            "y - 1: a 1 depends on x | y");
  }

  @Test
  void letsNoProviderDriveOutALockedPackage() {
    Locked lock = lock(wanting("a"), "Package: a\nDepends: x | y", "Package: x");
    Universe later =
        TestUniverse.of(
            "Package: a\nDepends: x | y",
            "Package: x",
            "Package: y",
            "Package: plain\nProvides: v",
            "Package: better\nProvides: v\nPriority: required\nConflicts: x",
            "Package: c\nDepends: v");

    assertThat(chosen(later, wanting("a", "c")))
        .extracting(each -> each.candidate().toString())
        .containsExactly("a 1", "better 1", "c 1", "y 1");
    assertThat(told(resolve(later, wanting("a", "c"), lock)))
        .containsExactly(
            "a 1: wanted", "c 1: wanted", "plain 1: c depends on it", "x 1: a depends on it");
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

  private static String tool(String version) {
    return "Package: tool\nVersion: " + version + "\nDepends: lib (= " + version + ")";
  }

  private static Locked lock(Request request, String... paragraphs) {
    return TestLock.of(chosen(TestUniverse.of(paragraphs), request), request.recommends());
  }

  private static Locked releasing(Locked lock, String why, String name) {
    return new Locked(
        lock.packages().stream()
            .map(
                each ->
                    new LockedEntry(
                        each.entry(),
                        each.reason(),
                        Optional.of(why).filter(said -> each.entry().name().equals(name))))
            .toList(),
        lock.recommends());
  }

  private static List<Resolution.Chosen> chosen(Universe universe, Request request) {
    return new Resolver(universe).resolve(request).orThrow().packages();
  }

  private static Resolved resolve(Universe universe, Request request, Locked lock) {
    return new Resolver(universe).resolve(request, lock).orThrow();
  }

  private static List<String> told(Resolved resolved) {
    return resolved.packages().stream()
        .map(each -> each.candidate() + ": " + each.reason())
        .toList();
  }

  private static List<String> moves(Resolved resolved) {
    return resolved.moves().stream()
        .map(
            move ->
                "%s %s %s: %s"
                    .formatted(
                        move.name(),
                        move.from().orElse("-"),
                        move.to().orElse("-"),
                        move.because()))
        .toList();
  }

  private static Request wanting(String... names) {
    Map<String, String> reasons = new LinkedHashMap<>();
    for (String name : names) {
      reasons.put(name, "wanted");
    }
    return new Request(false, reasons, false);
  }
}
