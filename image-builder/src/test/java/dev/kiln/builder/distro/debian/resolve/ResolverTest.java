package dev.kiln.builder.distro.debian.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.distro.debian.resolve.Resolution.Chosen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rules, one by one; that together they give what apt gives is AptParityIT's. */
class ResolverTest {
  @Test
  void takesWhatIsNeededAndWhatThatNeeds() {
    Universe universe =
        TestUniverse.of(
            "Package: a\nDepends: b\nPre-Depends: c",
            "Package: b\nDepends: d",
            "Package: c",
            "Package: d\nDepends: a",
            "Package: unrelated");

    assertThat(chosen(universe, "a")).containsExactly("a 1", "b 1", "c 1", "d 1");
  }

  @Test
  void saysWhyEachPackageIsThere() {
    Universe universe =
        TestUniverse.of(
            "Package: base\nEssential: yes\nDepends: b",
            "Package: boot\nPriority: required",
            "Package: a\nRecommends: c",
            "Package: b",
            "Package: c");

    List<Chosen> packages =
        new Resolver(universe)
            .resolve(new Request(true, Map.of("a", "wanted"), true))
            .orThrow()
            .packages();

    assertThat(packages)
        .extracting(chosen -> chosen.candidate().name() + ": " + chosen.reason())
        .containsExactly(
            "a: wanted",
            "b: base depends on it",
            "base: essential in bookworm",
            "boot: of priority required in bookworm",
            "c: a recommends it");
  }

  @Test
  void takesWhatIsRecommendedOnlyWhenAsked() {
    Universe universe =
        TestUniverse.of(
            "Package: a\nRecommends: b, missing\nSuggests: c", "Package: b", "Package: c");

    assertThat(chosen(universe, "a")).containsExactly("a 1");
    assertThat(chosen(universe, new Request(false, Map.of("a", ""), true)))
        .containsExactly("a 1", "b 1");
  }

  @Test
  void takesTheHighestVersionOfAllSuites() {
    Universe universe =
        new TestUniverse()
            .suite("bookworm", 500, "Package: a\nVersion: 1.9")
            .suite("bookworm-security", 500, "Package: a\nVersion: 1.10")
            .suite("bookworm-backports", 100, "Package: a\nVersion: 2", "Package: b\nVersion: 3")
            .build();

    assertThat(chosen(universe, "a")).containsExactly("a 1.10");
    assertThat(chosen(universe, "b")).containsExactly("b 3");
  }

  @Test
  void takesTheFirstAlternativeThatCanBe() {
    Universe universe =
        TestUniverse.of(
            "Package: a\nDepends: missing | broken | b | c",
            "Package: broken\nDepends: missing",
            "Package: b",
            "Package: c");

    assertThat(chosen(universe, "a")).containsExactly("a 1", "b 1");
  }

  @Test
  void takesTheAlternativeThatIsThereAlready() {
    Universe universe = TestUniverse.of("Package: a\nDepends: b | c", "Package: b", "Package: c");

    assertThat(chosen(universe, "a", "c")).containsExactly("a 1", "c 1");
  }

  @Test
  void dropsWhatWasMarkedForAnAlternativeThatFailedLater() {
    Universe universe =
        TestUniverse.of(
            "Package: a\nDepends: x | c",
            "Package: x\nDepends: left-over, y",
            "Package: y\nDepends: z",
            "Package: z\nDepends: missing",
            "Package: left-over",
            "Package: c");

    assertThat(chosen(universe, "a")).containsExactly("a 1", "c 1");
  }

  @Test
  void meetsVersionedRelations() {
    Universe universe =
        TestUniverse.of(
            "Package: a\nDepends: b (>= 2) | c (<< 2)", "Package: b\nVersion: 1", "Package: c");

    assertThat(chosen(universe, "a")).containsExactly("a 1", "c 1");
  }

  @Test
  void meetsAVersionedRelationByAVersionedVirtualPackageOnly() {
    Universe universe =
        TestUniverse.of(
            "Package: a\nDepends: v (>= 2)",
            "Package: plain\nProvides: v",
            "Package: old\nProvides: v (= 1)",
            "Package: new\nProvides: v (= 2)");

    assertThat(chosen(universe, "a")).containsExactly("a 1", "new 1");
  }

  @Test
  void prefersARealPackageThenTheImportantThenTheOneNamedLaterAmongProviders() {
    String one = "Package: one\nProvides: v\nPriority: optional";
    String two = "Package: two\nProvides: v\nPriority: optional";
    String standard = "Package: std\nProvides: v\nPriority: standard";
    String a = "Package: a\nDepends: v";

    assertThat(chosen(TestUniverse.of(a, one, two), "a")).containsExactly("a 1", "two 1");
    assertThat(chosen(TestUniverse.of(a, two, one), "a")).containsExactly("a 1", "one 1");
    assertThat(chosen(TestUniverse.of(a, standard, two), "a")).containsExactly("a 1", "std 1");
    assertThat(chosen(TestUniverse.of(a, standard, two, "Package: v\nPriority: extra"), "a"))
        .containsExactly("a 1", "v 1");
  }

  @Test
  void meetsAnyArchitectureOnlyByAPackageThatAllowsIt() {
    Universe universe =
        TestUniverse.of(
            "Package: a\nDepends: p:any | q:any",
            "Package: p\nMulti-Arch: foreign",
            "Package: q\nMulti-Arch: allowed");

    assertThat(chosen(universe, "a")).containsExactly("a 1", "q 1");
  }

  @Test
  void avoidsWhatConflictsWithWhatWasAskedFor() {
    Universe universe =
        TestUniverse.of(
            "Package: a\nDepends: mta",
            "Package: exim\nProvides: mta\nConflicts: mta\nPriority: standard",
            "Package: postfix\nProvides: mta\nConflicts: mta",
            "Package: breaker\nBreaks: exim (<= 1)");

    assertThat(chosen(universe, "a")).containsExactly("a 1", "exim 1");
    assertThat(chosen(universe, "a", "breaker")).containsExactly("a 1", "breaker 1", "postfix 1");
  }

  @Test
  void letsAPackageConflictWithWhatItProvidesItself() {
    Universe universe = TestUniverse.of("Package: a\nProvides: v\nConflicts: v, a");

    assertThat(chosen(universe, "a")).containsExactly("a 1");
  }

  @Test
  void saysWhichPackageIsInNoRepository() {
    assertThat(problems(TestUniverse.of("Package: a"), "kernle"))
        .containsExactly(
            "the package kernle (wanted) is in no repository of the profile. Check its spelling,"
                + " or add a repository or component that has it.");
  }

  @Test
  void saysWhichPackagesProvideANameThatIsNone() {
    Universe universe = TestUniverse.of("Package: b\nProvides: v", "Package: a\nProvides: v");

    assertThat(problems(universe, "v"))
        .containsExactly(
            "v (wanted) is no package, only a name that packages provide. Write one of a, b.");
  }

  @Test
  void saysWhoNeedsWhatAndWhyThereIsNoneAlongTheWholeChain() {
    Universe universe =
        TestUniverse.of(
            "Package: a\nDepends: b", "Package: b\nDepends: c (>= 2)", "Package: c\nVersion: 1.5");

    assertThat(problems(universe, "a"))
        .containsExactly(
            "a 1 (wanted) needs b, which needs c (>= 2): the only c is 1.5, of bookworm. Leave out who"
                + " wants it, or add a repository that has what is missing.");
  }

  @Test
  void saysTheNearestThingThatIsMissingAndTheRestAtLength() {
    Universe universe =
        TestUniverse.of(
            "Package: a\nDepends: b | x (>= 2) | missing",
            "Package: b\nDepends: c | d",
            "Package: c\nDepends: e (= 3)",
            "Package: d\nConflicts: w",
            "Package: e\nVersion: 2",
            "Package: w",
            "Package: y\nProvides: x");

    assertThat(problems(universe, "w", "a"))
        .containsExactly(
            "a 1 (wanted) needs b, which needs c, which needs e (= 3): the only e is 2, of bookworm."
                + " Leave out who wants it, or add a repository that has what is missing.");
    assertThat(failed(universe, "w", "a").explanation())
        .containsExactly(
            "b 1 (a depends on it; a: wanted) needs c | d: c 1 needs e (= 3): the only e is 2, of"
                + " bookworm; d 1 conflicts with w 1 (wanted)");
  }

  /** One missing library of a desktop is not told by everything that was given up with it. */
  @Test
  void saysOneLineHoweverManyPackagesWereGivenUpForTheOneThatIsMissing() {
    List<String> paragraphs = new ArrayList<>(List.of("Package: a\nDepends: lib, gone"));
    StringBuilder needs = new StringBuilder("Package: lib\nDepends: a1");
    for (int i = 1; i < 40; i++) {
      needs.append(", v").append(i);
      paragraphs.add("Package: a%1$d\nProvides: v%1$d\nDepends: a%2$d".formatted(i, i + 1));
      paragraphs.add("Package: b%1$d\nProvides: v%1$d\nDepends: lib".formatted(i));
    }
    paragraphs.add("Package: a40");
    paragraphs.add(needs.toString());

    List<String> problems = problems(TestUniverse.of(paragraphs.toArray(String[]::new)), "a");

    assertThat(problems)
        .containsExactly(
            "a 1 (wanted) needs gone: gone is in no repository of the profile. Leave out who wants it,"
                + " or add a repository that has what is missing.");
  }

  @Test
  void saysOfALongWayBothEnds() {
    List<String> paragraphs = new ArrayList<>();
    for (int i = 1; i < 12; i++) {
      paragraphs.add("Package: p%d\nDepends: p%d".formatted(i, i + 1));
    }

    assertThat(problems(TestUniverse.of(paragraphs.toArray(String[]::new)), "p1"))
        .containsExactly(
            "p1 1 (wanted) needs in 6 steps p7, which needs p8, which needs p9, which needs p10, which"
                + " needs p11, which needs p12: p12 is in no repository of the profile. Leave out who"
                + " wants it, or add a repository that has what is missing.");
  }

  @Test
  void takesTheOthersWhereAnEntryThatNobodyWantsIsWrong() {
    Universe universe =
        TestUniverse.of(
            "Package: a\nDepends: mta",
            "Package: bad\nVersion: 1.0_beta",
            "Package: good\nProvides: mta",
            "Package: wrong\nProvides: mta\nDepends: (",
            "Package: worse\nProvides: mta (>= 1)",
            "Package: old\nVersion: 1_0",
            "Package: old\nVersion: 2");

    assertThat(chosen(universe, "a", "old")).containsExactly("a 1", "good 1", "old 2");
    assertThat(universe.flaws())
        .containsExactlyInAnyOrder(
            "the package bad 1.0_beta is described wrongly in the suite bookworm of the repository"
                + " debian: '1.0_beta' is no version",
            "the package old 1_0 is described wrongly in the suite bookworm of the repository debian:"
                + " '1_0' is no version",
            "the package wrong 1 is described wrongly in the suite bookworm of the repository debian:"
                + " '(' is no relation",
            "the package worse 1 is described wrongly in the suite bookworm of the repository debian:"
                + " only '=' may stand in Provides, not 'mta (>= 1)'");
  }

  /** Its older version would be another package than apt takes, and may lack the mend of a flaw. */
  @Test
  void refusesAnEntryThatIsWrongWhereAptWouldTakeIt() {
    Universe universe =
        TestUniverse.of("Package: a\nDepends: b", "Package: b", "Package: b\nVersion: 1.0_beta");
    String flaw =
        "the package b 1.0_beta is described wrongly in the suite bookworm of the repository debian:"
            + " '1.0_beta' is no version";

    assertThat(problems(universe, "b"))
        .containsExactly(
            flaw
                + " (wanted: wanted). Tell who made the repository, or take the package from another.");
    assertThat(problems(universe, "a"))
        .containsExactly(
            "a 1 (wanted) needs b: "
                + flaw
                + ". Leave out who wants it, or add a repository that has what is missing.");
  }

  @Test
  void takesNoPackageOfAnotherArchitecture() {
    Universe universe =
        TestUniverse.ofIndex(
            TestUniverse.index("Package: a\nVersion: 1", "Package: a\nVersion: 2")
                .replaceFirst("(?s)(Version: 2\nArchitecture: )amd64", "$1arm64"));

    assertThat(chosen(universe, "a")).containsExactly("a 1");
  }

  @Test
  void saysWhichWantedPackagesConflict() {
    Universe universe =
        TestUniverse.of("Package: a\nDepends: b", "Package: b\nConflicts: c", "Package: c");

    assertThat(problems(universe, "a", "c"))
        .containsExactly(
            "b 1 (a depends on it; a: wanted) conflicts with c, which c 1 (wanted) is. Leave out one"
                + " of the two.");
    assertThat(problems(universe, "b", "c"))
        .containsExactly(
            "b 1 (wanted) conflicts with c, which c 1 (wanted) is. Leave out one of the two.");
  }

  @Test
  void saysEverythingThatIsWrongAtOnce() {
    Universe universe = TestUniverse.of("Package: a\nDepends: x, y", "Package: b\nDepends: z");

    assertThat(problems(universe, "a", "b")).hasSize(3);
  }

  @Test
  void endsOnCirclesOfUnmetNeeds() {
    Universe universe =
        TestUniverse.of(
            "Package: a\nDepends: b",
            "Package: b\nDepends: a, c",
            "Package: c\nDepends: b, missing");

    assertThat(problems(universe, "a")).hasSize(1);
  }

  private static List<String> chosen(Universe universe, String... wanted) {
    return chosen(universe, request(wanted));
  }

  private static List<String> chosen(Universe universe, Request request) {
    return new Resolver(universe)
        .resolve(request).orThrow().packages().stream()
            .map(chosen -> chosen.candidate().toString())
            .toList();
  }

  private static List<String> problems(Universe universe, String... wanted) {
    return failed(universe, wanted).problems().stream().map(Object::toString).toList();
  }

  private static Resolution.Unresolvable failed(Universe universe, String... wanted) {
    Resolution resolution = new Resolver(universe).resolve(request(wanted));
    assertThat(resolution).isInstanceOf(Resolution.Unresolvable.class);
    return (Resolution.Unresolvable) resolution;
  }

  private static Request request(String... wanted) {
    Map<String, String> reasons = new LinkedHashMap<>();
    for (String name : wanted) {
      reasons.put(name, "wanted");
    }
    return new Request(false, reasons, false);
  }
}
