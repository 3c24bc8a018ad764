package dev.kiln.builder.source;

import dev.kiln.file.Digest;
import dev.kiln.lock.LockedBuild;
import dev.kiln.lock.LockedPackage;
import dev.kiln.lock.LockedSource.SourceFile;
import dev.kiln.profile.Build;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The digest of everything that decides how a build comes out: sources, toolchain, commands, output
 * names, environment, and Kiln's own script. Where the outputs go in an image is no part of it.
 */
final class BuildKey {
  /** Changes when the build root is assembled in another way. */
  private static final String FORMAT = "built pin 1";

  private final StringBuilder text = new StringBuilder(FORMAT).append('\n');

  private BuildKey() {}

  static Digest of(
      Build wanted, LockedBuild locked, String script, Map<String, String> environment) {
    BuildKey key = new BuildKey();
    key.add("script", Digest.of(script));
    key.add("commands", Digest.of(wanted.commands()));
    for (SourceFile file : BuildPin.sourceOf(locked).files()) {
      key.add("source " + file.fileName(), file.digest());
    }
    List<LockedPackage> toolchain =
        locked.toolchain().stream().sorted(Comparator.comparing(LockedPackage::name)).toList();
    for (LockedPackage each : toolchain) {
      key.add("package " + each.name(), each.digest());
    }
    new TreeMap<>(environment)
        .forEach((name, value) -> key.add("variable " + name, Digest.of(value)));
    wanted.outputs().keySet().stream().sorted().forEach(name -> key.add("output", Digest.of(name)));
    return Digest.of(key.text.toString());
  }

  private void add(String what, Digest digest) {
    text.append(what).append(' ').append(digest.hex()).append('\n');
  }
}
