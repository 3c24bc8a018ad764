package dev.kiln.builder.bake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kiln.builder.layer.LayerPaths;
import dev.kiln.builder.layer.LayerPaths.Place;
import dev.kiln.failure.KilnException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PureAdditionsTest {
  private static final LayerPaths OS =
      paths(
          "package base",
          Map.of(
              "/usr", 'd', "/usr/bin", 'd', "/bin", 'l', "/usr/bin/tool", '-', "/usr/bin/sh", 'l'));

  @Test
  void addBesideWhatIsThere() {
    LayerPaths runtime =
        paths("pin engine", Map.of("/usr", 'd', "/usr/bin", 'd', "/usr/bin/engine", '-'));

    assertThatCode(() -> PureAdditions.check(OS, List.of(runtime), Set.of(), Set.of()))
        .doesNotThrowAnyException();
  }

  @Test
  void hideNoFileLinkOrDirectory() {
    LayerPaths runtime =
        paths(
            "pin engine",
            Map.of("/usr/bin/tool", '-', "/usr/bin/sh", '-', "/bin", 'd', "/usr/bin", 'l'));

    KilnException refusal =
        catchThrowableOfType(
            KilnException.class,
            () -> PureAdditions.check(OS, List.of(runtime), Set.of("/usr/bin/sh"), Set.of()));

    assertThat(refusal.kind()).isEqualTo(KilnException.Kind.INPUT);
    assertThat(refusal.problems())
        .extracting(Object::toString)
        .containsExactly(
            "/bin of pin engine is a directory, and would hide the link of package base. Name the"
                + " real directory, or put it elsewhere.",
            "/usr/bin of pin engine would hide the directory of that name. Put it elsewhere.",
            "/usr/bin/tool of pin engine would replace that of package base. Leave one of them"
                + " out, or say why: 'replaces: {/usr/bin/tool: WHY}'.");
  }

  @Test
  void hideNothingOfOneAnother() {
    LayerPaths runtime = paths("pin engine", Map.of("/opt/x", '-'));
    LayerPaths kubernetes = paths("build kubelet", Map.of("/opt/x", '-'));

    assertThat(
            catchThrowableOfType(
                    KilnException.class,
                    () -> PureAdditions.check(OS, List.of(runtime, kubernetes), Set.of(), Set.of()))
                .problems())
        .singleElement()
        .asString()
        .startsWith("/opt/x of build kubelet would replace that of pin engine.");
  }

  @Test
  void takeAPlaceThatIsNamedByTheProfileOrByKiln() {
    LayerPaths runtime = paths("pin engine", Map.of("/usr/bin/tool", '-'));
    LayerPaths config = paths("Kiln", Map.of("/usr/bin/sh", 'l'));

    assertThatCode(
            () ->
                PureAdditions.check(
                    OS,
                    List.of(runtime, config),
                    Set.of("/usr/bin/tool"),
                    Set.of("/usr/bin/sh", "/etc/not/everywhere")))
        .doesNotThrowAnyException();
  }

  @Test
  void areNotExcusedWithoutNeed() {
    assertThat(
            catchThrowableOfType(
                    KilnException.class,
                    () -> PureAdditions.check(OS, List.of(), Set.of("/usr/bin/tool"), Set.of()))
                .problems())
        .singleElement()
        .asString()
        .isEqualTo(
            "'replaces:' names /usr/bin/tool, where nothing is replaced. Leave it out, or check"
                + " its spelling.");
  }

  private static LayerPaths paths(String bringer, Map<String, Character> sorts) {
    TreeMap<String, Place> places = new TreeMap<>();
    sorts.forEach((path, sort) -> places.put(path, new Place(sort, bringer)));
    return new LayerPaths(places);
  }
}
