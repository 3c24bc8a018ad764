package dev.kiln.builder.distro.debian.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.builder.distro.debian.source.SourceDescription.Content;
import dev.kiln.campaign.Campaign;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SourceDescriptionTest {
  private static final String HEX = "0123456789abcdef".repeat(4);
  private static final String FIELDS =
      """
      Format: 3.0 (quilt)
      Source: kubernetes
      Version: 1.20.2-1
      Checksums-Sha256:
       %s 34428927 kubernetes_1.20.2.orig.tar.gz
       %s 21300 kubernetes_1.20.2-1.debian.tar.xz
      Files:
       20b98978e86e1e783dd226ce966a85e8 34428927 kubernetes_1.20.2.orig.tar.gz
      """
          .formatted(HEX, HEX);
  private static final String SIGNED =
      "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n"
          + FIELDS
          + "\n-----BEGIN PGP SIGNATURE-----\n\niQIz\n-----END PGP SIGNATURE-----\n";

  @Test
  void readsNameVersionAndFilesOfASignedFile() {
    SourceDescription read = SourceDescription.parse("k.dsc", SIGNED);

    assertThat(read.source()).isEqualTo("kubernetes");
    assertThat(read.version()).isEqualTo("1.20.2-1");
    assertThat(read.files())
        .isEqualTo(
            Map.of(
                "kubernetes_1.20.2.orig.tar.gz", new Content(34428927, Digest.parse(HEX)),
                "kubernetes_1.20.2-1.debian.tar.xz", new Content(21300, Digest.parse(HEX))));
  }

  @Test
  void readsAFileThatNobodySigned() {
    assertThat(SourceDescription.parse("k.dsc", FIELDS).source()).isEqualTo("kubernetes");
  }

  @Test
  void refusesAFileNameThatLeavesTheDirectory() {
    String hostile = FIELDS.replace("21300 kubernetes", "21300 ../kubernetes");

    assertThatThrownBy(() -> SourceDescription.parse("k.dsc", hostile))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("k.dsc is no source control file")
        .hasMessageContaining("../kubernetes");
  }

  @Test
  void refusesASignatureThatIsCutOff() {
    assertThatThrownBy(
            () -> SourceDescription.parse("k.dsc", SIGNED.substring(0, SIGNED.indexOf("-----END"))))
        .hasMessageContaining("k.dsc ends before its signature does");
  }

  @Test
  void refusesAFileWithoutChecksums() {
    assertThatThrownBy(() -> SourceDescription.parse("k.dsc", "Source: a\nVersion: 1\n"))
        .hasMessageContaining("'Checksums-Sha256' is missing");
  }

  @Test
  void readsOrRefusesWhateverComes() {
    int read =
        Campaign.count(
            5_000,
            random -> {
              try {
                SourceDescription.parse("k.dsc", changed(SIGNED, random));
                return true;
              } catch (KilnException expected) {
                assertThat(expected.kind()).isEqualTo(KilnException.Kind.INPUT);
                return false;
              }
            });

    assertThat(read).isPositive();
  }

  private static String changed(String description, Random random) {
    StringBuilder text = new StringBuilder(description);
    for (int changes = random.nextInt(6); changes >= 0 && !text.isEmpty(); changes--) {
      int at = random.nextInt(text.length());
      if (random.nextBoolean()) {
        text.setCharAt(at, (char) random.nextInt(256));
      } else {
        text.delete(at, Math.min(text.length(), at + random.nextInt(80)));
      }
    }
    return text.toString();
  }
}
