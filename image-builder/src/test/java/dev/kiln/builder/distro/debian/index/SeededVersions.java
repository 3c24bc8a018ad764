package dev.kiln.builder.distro.debian.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Versions made to lie close together: short, from few characters, with all the special ones. */
final class SeededVersions {
  private static final String CHARACTERS = "0012a~+.zZ";

  private SeededVersions() {}

  static List<DebianVersion> make(Random random, int count) {
    List<DebianVersion> versions = new ArrayList<>();
    while (versions.size() < count) {
      String epoch = random.nextInt(4) == 0 ? random.nextInt(2) + ":" : "";
      String revision = random.nextInt(2) == 0 ? "-" + part(random) : "";
      versions.add(new DebianVersion(epoch + random.nextInt(3) + part(random) + revision));
    }
    return versions;
  }

  private static String part(Random random) {
    StringBuilder text = new StringBuilder();
    int length = 1 + random.nextInt(5);
    for (int i = 0; i < length; i++) {
      text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
    }
    return text.toString();
  }
}
