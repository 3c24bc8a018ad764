package dev.kiln.builder.bake;

import dev.kiln.builder.layer.LayerPaths;
import dev.kiln.builder.layer.LayerPaths.Place;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.Problem;
import dev.kiln.failure.Shown;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds that layers only add: what one of them has at a path of a lower one would hide that on the
 * machine. A file takes the place of another only where that is named, with the reason.
 */
final class PureAdditions {
  private final Map<String, Place> below;
  private final Set<String> named;
  private final Set<String> replaced = new HashSet<>();
  private final List<Problem> problems = new ArrayList<>();

  private PureAdditions(LayerPaths lowest, Set<String> named) {
    this.below = new HashMap<>(lowest.byPath());
    this.named = named;
  }

  /**
   * Checks the layers that lie on the {@code os} layer.
   *
   * @param added lowest first
   * @param ofProfile paths that are replaced because the profile says so
   * @param ofKiln paths of Kiln's own files that may replace others
   * @throws KilnException of kind INPUT with everything that would be hidden
   */
  static void check(
      LayerPaths os, List<LayerPaths> added, Set<String> ofProfile, Set<String> ofKiln) {
    Set<String> named = new HashSet<>(ofProfile);
    named.addAll(ofKiln);
    PureAdditions check = new PureAdditions(os, named);
    for (LayerPaths layer : added) {
      layer.byPath().forEach(check::add);
      layer.byPath().forEach(check.below::putIfAbsent);
    }
    ofProfile.forEach(check::refuseWhatReplacesNothing);
    if (!check.problems.isEmpty()) {
      throw new KilnException(KilnException.Kind.INPUT, check.problems, null);
    }
  }

  private void add(String path, Place place) {
    Place lower = below.get(path);
    if (lower == null || (lower.isDirectory() && place.isDirectory())) {
      return;
    }
    if (lower.isDirectory()) {
      refuse(path, place, "would hide the directory of that name", "Put it elsewhere");
    } else if (place.isDirectory()) {
      refuse(
          path,
          place,
          "is a directory, and would hide the "
              + (lower.isLink() ? "link" : "file")
              + " of "
              + lower.bringer(),
          "Name the real directory, or put it elsewhere");
    } else if (named.contains(path)) {
      replaced.add(path);
    } else {
      refuse(
          path,
          place,
          "would replace that of " + lower.bringer(),
          "Leave one of them out, or say why: 'replaces: {" + Shown.of(path, 200) + ": WHY}'");
    }
  }

  private void refuseWhatReplacesNothing(String path) {
    if (!replaced.contains(path)) {
      problems.add(
          Problem.of(
              "'replaces:' names " + path + ", where nothing is replaced",
              "Leave it out, or check its spelling"));
    }
  }

  private void refuse(String path, Place place, String what, String mend) {
    problems.add(Problem.of(Shown.of(path, 200) + " of " + place.bringer() + " " + what, mend));
  }
}
