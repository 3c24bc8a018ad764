package dev.kiln.builder.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.failure.KilnException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelCodecsTest {
  private static final String ALL =
      """
      CONFIG_BLK_DEV_INITRD=y
      CONFIG_RD_GZIP=y
      CONFIG_RD_XZ=y
      CONFIG_RD_ZSTD=y
      CONFIG_SQUASHFS=m
      CONFIG_SQUASHFS_ZLIB=y
      CONFIG_SQUASHFS_XZ=y
      CONFIG_SQUASHFS_ZSTD=y
      """;

  @Test
  void areTheBestThatTheConfigurationHas() {
    assertThat(of(ALL).squashfs()).isEqualTo(Codec.ZSTD);
    assertThat(of(ALL).initrd()).isEqualTo(Codec.ZSTD);
    assertThat(of(without("_ZSTD")).squashfs()).isEqualTo(Codec.XZ);
    assertThat(of(without("_ZSTD")).initrd()).isEqualTo(Codec.XZ);
    assertThat(of(without("_ZSTD", "_XZ")).squashfs()).isEqualTo(Codec.GZIP);
    assertThat(of(without("_ZSTD", "_XZ")).initrd()).isEqualTo(Codec.GZIP);
  }

  @Test
  void takeAnOptionThatIsNotSetForWhatItIs() {
    String config = ALL.replace("CONFIG_RD_ZSTD=y", "# CONFIG_RD_ZSTD is not set");

    assertThat(of(config).initrd()).isEqualTo(Codec.XZ);
  }

  /** Its option is younger than squashfs. */
  @Test
  void haveZlibWhereTheKernelHasNoOptionForIt() {
    assertThat(of(without("_ZSTD", "_XZ", "_ZLIB")).squashfs()).isEqualTo(Codec.GZIP);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CONFIG_SQUASHFS=n",
        "# CONFIG_SQUASHFS is not set",
        "CONFIG_SQUASHFS=m\n# CONFIG_SQUASHFS_ZLIB is not set"
      })
  void refuseAKernelThatReadsNoLayer(String squashfs) {
    assertThatThrownBy(() -> of("CONFIG_BLK_DEV_INITRD=y\nCONFIG_RD_GZIP=y\n" + squashfs))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("/boot/config-x says that the image's kernel cannot read layers")
        .hasMessageContaining("Name another kernel");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONFIG_RD_GZIP=y", "CONFIG_BLK_DEV_INITRD=y\nCONFIG_RD_LZ4=y"})
  void refuseAKernelThatReadsNoInitrd(String initrd) {
    assertThatThrownBy(() -> of("CONFIG_SQUASHFS=y\n" + initrd))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("cannot read the initrd");
  }

  @ParameterizedTest
  @CsvSource({
    "3.10.0-1160.el7.x86_64, GZIP, GZIP",
    "4.9.0-19-amd64, GZIP, GZIP",
    "4.14.1, ZSTD, GZIP",
    "5.8.18, ZSTD, GZIP",
    "5.9.0, ZSTD, ZSTD",
    "6.1.0-1-amd64, ZSTD, ZSTD",
    "10.0, ZSTD, ZSTD",
    "vendor, GZIP, GZIP"
  })
  void followFromTheVersionElsewhere(String release, Codec squashfs, Codec initrd) {
    assertThat(KernelCodecs.ofRelease(release))
        .isEqualTo(new KernelCodecs(squashfs, initrd, KernelCodecs.Evidence.VERSION));
  }

  @Test
  void sayHowTheyAreKnown() {
    assertThat(of(ALL).words())
        .isEqualTo(
            "the kernel reads layers in zstd and an initrd in zstd: its configuration says so");
    assertThat(KernelCodecs.ofRelease("4.9").words())
        .contains("no package brings its configuration");
  }

  private static KernelCodecs of(String config) {
    return KernelCodecs.of(KernelConfig.parse(config.getBytes(UTF_8)), "boot/config-x");
  }

  private static String without(String... ends) {
    String config = ALL;
    for (String end : ends) {
      config = config.replaceAll("(?m)^CONFIG_\\w+" + end + "=y\n", "");
    }
    return config;
  }
}
