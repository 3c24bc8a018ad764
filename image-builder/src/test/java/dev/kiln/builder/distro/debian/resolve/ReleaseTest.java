package dev.kiln.builder.distro.debian.resolve;

import static dev.kiln.builder.distro.debian.resolve.Again.chosen;
import static dev.kiln.builder.distro.debian.resolve.Again.lock;
import static dev.kiln.builder.distro.debian.resolve.Again.moves;
import static dev.kiln.builder.distro.debian.resolve.Again.resolve;
import static dev.kiln.builder.distro.debian.resolve.Again.told;
import static dev.kiln.builder.distro.debian.resolve.Again.wanting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.distro.debian.resolve.Resolution.Resolved;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which locked versions are given up for a new wish, and which are not. */
class ReleaseTest {
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

  private static String tool(String version) {
    return "Package: tool\nVersion: " + version + "\nDepends: lib (= " + version + ")";
  }
}
