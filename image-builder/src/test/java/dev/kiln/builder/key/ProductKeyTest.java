package dev.kiln.builder.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.file.Digest;
import java.util.List;
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
  void holdsTheFormatsThatShapeTheProduct() {
    List<Digest> keys =
        Stream.of(Format.values()).map(format -> new ProductKey("a", format).digest()).toList();

    assertThat(keys).doesNotHaveDuplicates().doesNotContain(new ProductKey("a").digest());
    assertThat(new ProductKey("a", Format.KIT).digest())
        .isEqualTo(new ProductKey("a").add("format kit", "" + Format.KIT.number()).digest());
  }

  @Test
  void isTheSameForTheSameInputs() {
    assertThat(new ProductKey("a", Format.TIMES).add("x", Digest.of("y")).digest())
        .isEqualTo(new ProductKey("a", Format.TIMES).add("x", Digest.of("y").toString()).digest());
  }
}
