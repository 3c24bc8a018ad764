package dev.kiln.builder.key;

import static dev.kiln.builder.key.Format.BASE;
import static dev.kiln.builder.key.Format.BOOTSTRAP;
import static dev.kiln.builder.key.Format.KERNEL;
import static dev.kiln.builder.key.Format.PARTS;
import static dev.kiln.builder.key.Format.READY;
import static dev.kiln.builder.key.Format.SANDBOX;
import static dev.kiln.builder.key.Format.SEALING;
import static dev.kiln.builder.key.Format.SQUASHFS;
import static dev.kiln.builder.key.Format.TIMES;
import static dev.kiln.builder.key.Format.VERITY;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a bake makes and keeps, with the parts of Kiln that shape it: its own, and those of the
 * products it is made of. Where the number of one of them is raised, it is made anew.
 */
public enum Product {
  READY_PACKAGE(List.of(), READY),
  KIT(List.of(READY_PACKAGE), Format.KIT, BOOTSTRAP),
  BASE_SYSTEM(List.of(READY_PACKAGE), BOOTSTRAP, BASE, SANDBOX),
  OS_LAYER(List.of(BASE_SYSTEM), SEALING, TIMES, SQUASHFS, VERITY, KERNEL),
  /** Its root is made of a toolchain's packages. */
  BUILT_PIN(List.of(READY_PACKAGE), BOOTSTRAP, SANDBOX),
  /** That of a pin, a built pin or a file of Kiln's own in the tree of a layer. */
  LAYER_PART(List.of(), PARTS),
  ADDED_LAYER(List.of(LAYER_PART), SQUASHFS, VERITY),
  /** Of the kernel beside an os layer, and of the kit's programs. */
  INITRD(List.of(OS_LAYER, KIT), Format.INITRD);

  @SuppressWarnings("ImmutableEnumChecker") // No type says that the set cannot be changed.
  private final Set<Format> formats;

  Product(List<Product> madeOf, Format... own) {
    Set<Format> all = EnumSet.noneOf(Format.class);
    madeOf.forEach(product -> all.addAll(product.formats));
    Collections.addAll(all, own);
    formats = Collections.unmodifiableSet(all);
  }

  /** The parts of Kiln whose numbers are in its key, in the order in which they are declared. */
  public Set<Format> formats() {
    return formats;
  }

  /** What its key says that it is. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
