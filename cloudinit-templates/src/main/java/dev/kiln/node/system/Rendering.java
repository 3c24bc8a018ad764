package dev.kiln.node.system;

import dev.kiln.profile.Profile;
import dev.kiln.profile.Zone;

/** What the files of a node are made of. */
record Rendering(Profile profile, Zone zone, Conventions conventions) {
  boolean has(String packageName) {
    return profile.packages().include().containsKey(packageName);
  }

  /** The version of systemd that the files are for. */
  int systemd() {
    return conventions.systemd().version();
  }

  Units units() {
    return new Units(conventions.systemd().units());
  }
}
