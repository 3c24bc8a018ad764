package dev.kiln.profile;

import java.util.ArrayList;
import java.util.List;

/** What a profile may say, and a lock may hold, but no bake can make yet. */
final class NotYet {
  private NotYet() {}

  static List<Violation> in(Profile profile) {
    List<Violation> found = new ArrayList<>();
    if (profile.architecture() != Architecture.AMD64) {
      found.add(
          new Violation(
              List.of("architecture"),
              "images for " + profile.architecture() + " cannot be baked yet",
              "Write amd64; 'builder check' and 'builder lock' take "
                  + profile.architecture()
                  + " already"));
    }
    profile.pins().values().stream()
        .filter(pin -> pin.layer() == LayerName.IMAGES)
        .forEach(pin -> found.add(images(List.of("pins", pin.name(), "layer"))));
    profile.builds().values().stream()
        .filter(build -> build.layer() == LayerName.IMAGES)
        .forEach(build -> found.add(images(List.of("builds", build.name(), "layer"))));
    return found;
  }

  private static Violation images(List<String> path) {
    return new Violation(
        path,
        "a machine does not import the layer 'images' into its runtime yet",
        "Leave this out: the machine pulls container images from a registry");
  }
}
