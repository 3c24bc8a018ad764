package dev.kiln.builder.source;

import dev.kiln.builder.key.Product;
import dev.kiln.builder.key.ProductKey;
import dev.kiln.builder.packages.ReadyPackages;
import dev.kiln.file.Digest;
import dev.kiln.lock.LockedBuild;
import dev.kiln.lock.LockedPackage;
import dev.kiln.lock.LockedSource;
import dev.kiln.lock.LockedSource.SourceFile;
import dev.kiln.lock.LockedSource.SourcePackage;
import dev.kiln.profile.Build;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * The digest of everything that decides how a build comes out: sources, toolchain, commands, output
 * names, environment, and Kiln's own script; and of what the lock says besides, which is compared
 * when the build runs: a wrong one is refused also where the build was made before. Where the
 * outputs go in an image is no part of it.
 */
final class BuildKey {
  private BuildKey() {}

  static Digest of(
      Build wanted, LockedBuild locked, String script, Map<String, String> environment) {
    ProductKey key =
        new ProductKey(Product.BUILT_PIN)
            .add("script", Digest.of(script))
            .add("commands", wanted.commands());
    addSource(locked.source(), key);
    locked.toolchain().stream()
        .sorted(Comparator.comparing(LockedPackage::name))
        .forEach(each -> key.add("package " + each.name(), ReadyPackages.keyOf(each)));
    new TreeMap<>(environment).forEach((name, value) -> key.add("variable " + name, value));
    wanted.outputs().keySet().stream().sorted().forEach(name -> key.add("output", name));
    return key.digest();
  }

  private static void addSource(LockedSource locked, ProductKey key) {
    String source = locked.map(wanted -> wanted.name() + " " + wanted.version());
    key.add("source", source);
    for (SourceFile file : locked.map(SourcePackage::files)) {
      key.add("source " + file.fileName(), file.digest());
      key.add("size of " + file.fileName(), Long.toString(file.size()));
    }
  }
}
