package dev.kiln.builder.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.file.Digest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProductKeyTest {
  @Test
  void differsWithEveryInputItsNameAndItsPlace() {
    assertThat(
            Stream.of(
                    new ProductKey("a"),
                    new ProductKey("b"),
                    new ProductKey("a").add("name", "value"),
                    new ProductKey("a").add("name", "other"),
                    new ProductKey("a").add("namev", "alue"),
                    new ProductKey("a").add("name", "value").add("more", "x"),
                    new ProductKey("a").add("more", "x").add("name", "value"))
                .map(ProductKey::digest)
                .toList())
        .doesNotHaveDuplicates();
  }

  @Test
  void holdsTheNumbersOfAllThatShapesTheProduct() {
    ProductKey byHand = new ProductKey("kit");
    for (Format format : new Format[] {Format.READY, Format.BOOTSTRAP, Format.KIT}) {
      byHand.add("format " + format.word(), Integer.toString(format.number()));
    }

    assertThat(new ProductKey(Product.KIT).digest()).isEqualTo(byHand.digest());
  }

  @Test
  void isTheSameForTheSameInputs() {
    assertThat(new ProductKey(Product.KIT).add("x", Digest.of("y")).digest())
        .isEqualTo(new ProductKey(Product.KIT).add("x", Digest.of("y").toString()).digest());
  }
}
