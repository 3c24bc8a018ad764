package dev.kiln.builder.kit;

import dev.kiln.builder.deb.PackageClosure;
import dev.kiln.builder.deb.PackageRelations;
import dev.kiln.builder.deb.ReadyPackage;
import dev.kiln.builder.key.ProductKey;
import dev.kiln.file.Digest;
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

  private KitTools(List<ReadyPackage> kit, List<PackageRelations> relations) {
    kit.forEach(each -> digests.put(each.locked().name(), each.locked().digest()));
    closure = new PackageClosure(relations);
  }

  /** Of a kit's packages, nothing of which need be unpacked. */
  public static KitTools of(List<ReadyPackage> kit, String architecture) {
    return new KitTools(
        kit, kit.stream().map(each -> PackageRelations.of(each, architecture)).toList());
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
