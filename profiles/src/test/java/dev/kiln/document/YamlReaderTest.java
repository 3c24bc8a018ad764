package dev.kiln.document;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.failure.KilnException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class YamlReaderTest {
  @Test
  void saysWhereAFileIsNoTextWithoutTheNameOfAClass() {
    byte[] latin = "name: a\n# Größe\n".getBytes(StandardCharsets.ISO_8859_1);
    byte[] wide = "name: a\n".getBytes(StandardCharsets.UTF_16);

    assertThatThrownBy(() -> YamlReader.read("./u.yaml", latin))
        .isInstanceOf(KilnException.class)
        .hasMessage("./u.yaml:2: this is no text in UTF-8. Save the file in UTF-8.");
    assertThatThrownBy(() -> YamlReader.read("./u.yaml", wide)).hasMessageContaining("in UTF-8");
  }

  @Test
  void saysHowDeepADocumentMayBe() {
    byte[] deep = ("a: " + "[".repeat(40) + "]".repeat(40)).getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> YamlReader.read("deep.yaml", deep))
        .hasMessage("deep.yaml:1: it has more than 32 levels. Write it flatter.");
  }
}
