package dev.kiln.builder.bake;

import dev.kiln.builder.distro.Family;
import dev.kiln.builder.key.Product;
import dev.kiln.builder.key.ProductKey;
import dev.kiln.builder.kit.Tool;
import dev.kiln.builder.packages.PathTimes;
import dev.kiln.builder.packages.ReadyPackage;
import dev.kiln.builder.tree.SealRules;
import dev.kiln.builder.tree.SealTree;
import dev.kiln.builder.tree.SettleTree;
import dev.kiln.file.Digest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the {@code os} layer is made of.
 *
 * @param packages all of them
 * @param architecture of the image, by Kiln's name of it
 * @param rules the profile's, about what packages' scripts make
 */
record OsRecipe(Family family, List<ReadyPackage> packages, String architecture, SealRules rules) {
  OsRecipe {
    packages = List.copyOf(packages);
  }

  /** Of all that the layer's bytes follow from. */
  Digest key(Tools tools) {
    ProductKey key =
        new ProductKey(Product.OS_LAYER)
            .add("family", family.name())
            .add("architecture", architecture)
            .add("attributes", new TreeSet<>(family.attributes()).toString())
            .add("kernel", family.kernel().toString())
            .add("tools", tools.digest(Tool.BUSYBOX, Tool.MKSQUASHFS))
            .add("recipe", family.installer().recipe())
            .add("sealing", SealTree.recipe())
            .add("settling", SettleTree.recipe())
            .add("rules", rules.digest());
    packages.forEach(each -> key.add(each.locked().name(), each.locked().digest()));
    return key.digest();
  }

  /** What its base system is made of. */
  BaseRecipe base() {
    return new BaseRecipe(family, family.installer().base(packages, architecture), architecture);
  }

  /** What is installed when a base system is there. */
  List<ReadyPackage> packagesBeside(BaseRecipe base) {
    Set<ReadyPackage> there = new HashSet<>(base.packages());
    return packages.stream().filter(each -> !there.contains(each)).toList();
  }

  /** What its packages say of their files. */
  PathTimes times() {
    return family.packages().times(packages, architecture);
  }
}
