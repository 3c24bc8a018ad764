package dev.kiln.builder.source;

import dev.kiln.builder.key.Product;
import dev.kiln.builder.key.ProductKey;
import dev.kiln.builder.packages.ReadyPackages;
import dev.kiln.file.Digest;
import dev.kiln.lock.LockedBuild;
import dev.kiln.lock.LockedPackage;
import dev.kiln.lock.LockedSource.GoModules;
import dev.kiln.lock.LockedSource.SourceFile;
import dev.kiln.lock.LockedSource.SourcePackage;
import dev.kiln.profile.Build;
import dev.kiln.profile.Making;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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

  static Digest of(Build wanted, LockedBuild locked, BuildFormats formats) {
    ProductKey key = new ProductKey(Product.BUILT_PIN);
    how(wanted, formats).forEach(input -> key.add(input.name(), input.value()));
    locked
        .source()
        .map(
            source -> addPackage(source, key), modules -> addModules(modules, formats.host(), key));
    locked.toolchain().stream()
        .sorted(Comparator.comparing(LockedPackage::name))
        .forEach(each -> key.add("package " + each.name(), ReadyPackages.keyOf(each)));
    environment(wanted).forEach((name, value) -> key.add("variable " + name, value));
    wanted.outputs().keySet().stream().sorted().forEach(name -> key.add("output", name));
    return key.digest();
  }

  private record Input(String name, String value) {}

  private static List<Input> how(Build wanted, BuildFormats formats) {
    List<Input> inputs = new ArrayList<>();
    if (wanted.making() instanceof Making.OfPackage made) {
      String script = PackageBuild.SCRIPT + formats.sources().unpacking();
      inputs.add(new Input("script", Digest.of(script).toString()));
      inputs.add(new Input("commands", made.commands()));
    } else if (wanted.making() instanceof Making.OfModules made) {
      ModuleBuild.arguments(wanted, made).forEach(each -> inputs.add(new Input("argument", each)));
      new TreeMap<>(made.packages())
          .forEach((name, path) -> inputs.add(new Input("package of " + name, path)));
      inputs.add(new Input("architecture", formats.architecture()));
    }
    return inputs;
  }

  private static Map<String, String> environment(Build wanted) {
    return new TreeMap<>(
        wanted.making() instanceof Making.OfModules
            ? ModuleBuild.environment()
            : PackageBuild.environment(wanted));
  }

  private static ProductKey addPackage(SourcePackage source, ProductKey key) {
    key.add("source", source.name() + " " + source.version());
    for (SourceFile file : source.files()) {
      key.add("source " + file.fileName(), file.digest());
      key.add("size of " + file.fileName(), Long.toString(file.size()));
    }
    return key;
  }

  private static ProductKey addModules(GoModules source, String host, ProductKey key) {
    key.add("module", source.module()).add("files", source.files());
    source.modules().forEach(file -> key.add("module file " + file.path(), file.digest()));
    source.toolchain(host).ifPresent(file -> key.add("toolchain " + file.version(), file.digest()));
    return key;
  }
}
