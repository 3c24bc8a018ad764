package dev.kiln.builder.key;

import static dev.kiln.builder.key.Product.ADDED_LAYER;
import static dev.kiln.builder.key.Product.BASE_SYSTEM;
import static dev.kiln.builder.key.Product.BUILT_PIN;
import static dev.kiln.builder.key.Product.INITRD;
import static dev.kiln.builder.key.Product.KIT;
import static dev.kiln.builder.key.Product.LAYER_PART;
import static dev.kiln.builder.key.Product.OS_LAYER;
import static dev.kiln.builder.key.Product.READY_PACKAGE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProductTest {
  @ParameterizedTest
  @EnumSource(Format.class)
  void aRaisedNumberMakesEverythingAnewThatThePartHasAHandIn(Format format) {
    List<Product> shaped =
        Stream.of(Product.values()).filter(each -> each.formats().contains(format)).toList();

    assertThat(shaped).containsExactlyInAnyOrderElementsOf(shapedBy(format));
  }

  private static List<Product> shapedBy(Format format) {
    return switch (format) {
      case READY -> List.of(READY_PACKAGE, KIT, BASE_SYSTEM, OS_LAYER, BUILT_PIN, INITRD);
      case BOOTSTRAP -> List.of(KIT, BASE_SYSTEM, OS_LAYER, BUILT_PIN, INITRD);
      case BASE -> List.of(BASE_SYSTEM, OS_LAYER, INITRD);
      case SANDBOX -> List.of(BASE_SYSTEM, OS_LAYER, BUILT_PIN, INITRD);
      case SEALING, TIMES, KERNEL -> List.of(OS_LAYER, INITRD);
      case PARTS -> List.of(LAYER_PART, ADDED_LAYER);
      case SQUASHFS, VERITY -> List.of(OS_LAYER, ADDED_LAYER, INITRD);
      case INITRD -> List.of(Product.INITRD);
      case KIT -> List.of(Product.KIT, Product.INITRD);
    };
  }
}
