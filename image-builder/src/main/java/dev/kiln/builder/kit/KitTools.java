package dev.kiln.builder.kit;

import dev.kiln.builder.deb.PackageClosure;
import dev.kiln.builder.deb.PackageRelations;
import dev.kiln.builder.key.ProductKey;
import dev.kiln.file.Digest;
import dev.kiln.lock.LockedPackage;
import dev.kiln.lock.LockedSet;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which packages of the kit a tool runs from: its own, and what that depends on. The keys of layers
 * hold these alone, so that another tool's update makes no layer anew.
 */
public final class KitTools {
  private final SortedMap<String, Digest> digests = new TreeMap<>();
  private final PackageClosure closure;

  private KitTools(List<LockedPackage> packages, List<PackageRelations> relations) {
    packages.forEach(each -> digests.put(each.name(), each.digest()));
    closure = new PackageClosure(relations);
  }

  /** Of what is locked, nothing of which need be there. */
  public static KitTools of(LockedSet tools) {
    return new KitTools(
        tools.packages(),
        tools.packages().stream()
            .map(each -> PackageRelations.of(each, tools.architecture()))
            .toList());
  }

  /** Digest of the packages these tools run from; of the whole kit where it calls one otherwise. */
  public Digest digest(Tool... tools) {
    SortedSet<String> packages = new TreeSet<>();
    for (Tool tool : tools) {
      SortedSet<String> found = closure.of(Stream.of(tool.packageName()));
      packages.addAll(found.isEmpty() ? digests.keySet() : found);
    }
    ProductKey key = new ProductKey("tools");
    digests.forEach(
        (name, digest) -> {
          if (packages.contains(name)) {
            key.add(name, digest);
          }
        });
    return key.digest();
  }
}
