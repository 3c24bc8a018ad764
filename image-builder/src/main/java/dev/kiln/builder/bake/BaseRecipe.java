package dev.kiln.builder.bake;

import dev.kiln.builder.distro.Family;
import dev.kiln.builder.key.Product;
import dev.kiln.builder.key.ProductKey;
import dev.kiln.builder.kit.Tool;
import dev.kiln.builder.packages.ReadyPackage;
import dev.kiln.file.Digest;
import java.util.List;

/**
 * What a base system is made of.
 *
 * @param packages all of them, and no others
 * @param architecture of the image, by Kiln's name of it
 */
record BaseRecipe(Family family, List<ReadyPackage> packages, String architecture) {
  BaseRecipe {
    packages = List.copyOf(packages);
  }

  /** Of all that its tree follows from. */
  Digest key(Tools tools) {
    ProductKey key =
        new ProductKey(Product.BASE_SYSTEM)
            .add("family", family.name())
            .add("architecture", architecture)
            .add("attributes", family.attributes().stream().sorted().toList().toString())
            .add("tools", tools.digest(Tool.BUSYBOX, Tool.MKSQUASHFS))
            .add("recipe", family.installer().recipe());
    packages.forEach(each -> key.add(each.locked().name(), each.locked().digest()));
    return key.digest();
  }
}
