package dev.kiln.builder.kit;

import dev.kiln.builder.key.ProductKey;
import dev.kiln.builder.packages.PackageFormat;
import dev.kiln.file.Digest;
import dev.kiln.lock.LockedPackage;
import dev.kiln.lock.LockedSet;
import java.util.Comparator;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Which packages of the kit a tool runs from: its own, and what that depends on. The keys of layers
 * hold these alone, so that another tool's update makes no layer anew.
 */
public final class KitTools {
  private final LockedSet set;
  private final Function<Tool, String> packageOf;
  private final Function<String, SortedSet<String>> needs;

  /**
   * Reads the relations of a set.
   *
   * @param set what is locked; nothing of it need be there
   * @param format of its packages
   * @param packageOf the package that brings a tool
   */
  public KitTools(LockedSet set, PackageFormat format, Function<Tool, String> packageOf) {
    this.set = set;
    this.packageOf = packageOf;
    this.needs = format.needs(set);
  }

  /** Digest of the packages these tools run from; of the whole kit where it calls one otherwise. */
  public Digest digest(Tool... tools) {
    SortedSet<String> packages = new TreeSet<>();
    for (Tool tool : tools) {
      SortedSet<String> needed = needs.apply(packageOf.apply(tool));
      packages.addAll(
          needed.isEmpty() ? set.packages().stream().map(LockedPackage::name).toList() : needed);
    }
    ProductKey key = new ProductKey("tools");
    set.packages().stream()
        .filter(each -> packages.contains(each.name()))
        .sorted(Comparator.comparing(LockedPackage::name))
        .forEach(each -> key.add(each.name(), each.digest()));
    return key.digest();
  }
}
