package dev.kiln.builder.initrd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.initrd.InitScript.End;
import dev.kiln.file.Digest;
import dev.kiln.manifest.BootManifest;
import dev.kiln.manifest.ImageFile;
import dev.kiln.manifest.Layer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What /init makes of a boot server that is wrong, hostile or away. Needs root. */
class InitScriptIT {
  private static final String HASH = "ab".repeat(32);
  private static final String SOUND = "layer os os.squashfs 8192 4096 " + HASH;

  @TempDir private Path directory;

  private BootFiles server;
  private InitScript init;

  @BeforeEach
  void start() throws IOException {
    server = new BootFiles();
    init = new InitScript(directory);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void takesTheBootManifestThatTheCommandLineNames() throws Exception {
    End end = boot(manifest(SOUND), "");

    assertThat(end.console())
        .containsPattern("kiln: \\[[0-9.]+\\] boot manifest sha256:[0-9a-f]{64}\n")
        .doesNotContain("FAILED");
    assertThat(end.status()).isZero();
  }

  @Test
  void refusesAnotherBootManifest() throws Exception {
    server.put("image/boot.manifest", manifest(SOUND));

    End end = init.run(commandLine("0".repeat(64)) + "take_boot_manifest");

    assertFailed(
        end,
        "boot manifest: its SHA-256 is "
            + Digest.of(manifest(SOUND)).hex()
            + ", the command line wants 000",
        "somebody changed the image or the boot script");
  }

  @Test
  void takesNoMoreOfABootManifestThanOneMayHave() throws Exception {
    server.putWithoutEnd("image/boot.manifest");

    End end =
        init.run(
            commandLine(HASH)
                + "fail() { stat -c %s /run/kiln/image/boot.manifest; exit 9; }\n"
                + "take_boot_manifest");

    assertThat(end.status()).isEqualTo(9);
    assertThat(Integer.parseInt(end.console().lines().reduce((a, b) -> b).orElseThrow()))
        .isBetween(65536, 65536 + 512);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kiln-boot 2", "kiln-boot", "<html>", ""})
  void refusesAFormatItDoesNotKnow(String first) throws Exception {
    assertFailed(
        boot((first + "\n" + SOUND + "\n").getBytes(UTF_8), "open_layers"),
        "boot manifest: its format is '",
        "bake the image again with this version of builder");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "laye os os.squashfs 8192 4096 ROOT",
        "layer os os.squashfs 8192 4096 ROOT more",
        "layer os os.squashfs 8192 4096",
        "layer Os os.squashfs 8192 4096 ROOT",
        "layer ../os os.squashfs 8192 4096 ROOT",
        "layer os ../os.squashfs 8192 4096 ROOT",
        "layer os .. 8192 4096 ROOT",
        "layer os .hidden 8192 4096 ROOT",
        "layer os -O 8192 4096 ROOT",
        "layer os os;reboot 8192 4096 ROOT",
        "layer os $(reboot) 8192 4096 ROOT",
        "layer os * 8192 4096 ROOT",
        "layer os os.squashfs all 4096 ROOT",
        "layer os os.squashfs 08192 4096 ROOT",
        "layer os os.squashfs 1+1 4096 ROOT",
        "layer os os.squashfs 9999999999999999 4096 ROOT",
        "layer os os.squashfs 8192 0 ROOT",
        "layer os os.squashfs 8192 -4096 ROOT",
        "layer os os.squashfs 8192 4097 ROOT",
        "layer os os.squashfs 4096 4096 ROOT",
        "layer os os.squashfs 8192 4096 ABAB",
        "layer os os.squashfs 8192 4096 abab",
        ""
      })
  void refusesALineThatIsNotALayers(String line) throws Exception {
    End end = boot(manifest(line.replace("ROOT", HASH)), "open_layers");

    assertFailed(end, "boot manifest: its line 2 is not a layer's", "bake the image again");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void refusesABootManifestWithoutALayer() throws Exception {
    assertFailed(boot(manifest(), "open_layers"), "it names no layer", "bake the image again");
  }

  /** One rule here and in the records that write it. */
  @Test
  void takesEveryNameThatAManifestMayHave() throws Exception {
    String file = "0a_b-c." + "x".repeat(93);
    Layer layer =
        new Layer(
            "o-2" + "s".repeat(29),
            new ImageFile(file, 8192, new Digest(HASH)),
            new Layer.Verity(new Digest(HASH), 4096));
    server.put("image/" + file, new byte[8192]);

    End end = boot(BootManifest.write(List.of(layer)), "open_layers");

    assertThat(end.console()).contains("opened /run/kiln/image/" + file + "\n");
  }

  @Test
  void readsALastLineThatDoesNotEnd() throws Exception {
    server.put("image/os.squashfs", new byte[8192]);

    End end = boot(("kiln-boot 1\n" + SOUND).getBytes(UTF_8), "open_layers");

    assertThat(end.console()).contains("opened /run/kiln/image/os.squashfs");
  }

  @ParameterizedTest
  @ValueSource(ints = {8193, 8191, 1, 0})
  void refusesALayerOfAnotherSize(int size) throws Exception {
    server.put("image/os.squashfs", new byte[size]);

    End end = boot(manifest(SOUND), "open_layers");

    assertThat(end.console()).doesNotContain("opened");
    assertThat(end.console()).contains("FAILED: layer os: ");
    assertThat(end.status()).isEqualTo(9);
  }

  @Test
  void takesNoMoreOfALayerThanTheBootManifestSays() throws Exception {
    server.putWithoutEnd("image/os.squashfs");

    End end = boot(manifest(SOUND), "open_layers");

    assertFailed(end, "layer os: os.squashfs has ", "publish the image again");
    assertThat(end.console()).containsPattern("os.squashfs has (8192|8[2-6][0-9]{2}|8704) bytes");
  }

  @Test
  void goesOnWhereAConnectionBroke() throws Exception {
    byte[] manifest = manifest(SOUND);
    server.putInTwoParts("image/boot.manifest", manifest, 10);

    End end = init.run(commandLine(Digest.of(manifest).hex()) + "take_boot_manifest");

    assertThat(end.console()).contains("boot manifest sha256:");
    assertThat(server.requests())
        .containsExactly("/image/boot.manifest null", "/image/boot.manifest bytes=10-");
  }

  @Test
  void asksAServerThatIsAwayAgainAndThenSaysSo() throws Exception {
    server.close();

    assertFailed(
        init.run(commandLine(HASH) + "take_boot_manifest"),
        "boot manifest: cannot fetch " + server.url() + "/image/boot.manifest",
        "check that the boot server has this image");
  }

  @Test
  void asksAServerThatHasNothingTwentyTimes() throws Exception {
    assertFailed(
        init.run(commandLine(HASH) + "take_boot_manifest"),
        "boot manifest: cannot fetch ",
        "check that the boot server has this image");
    assertThat(server.requests()).hasSize(20);
  }

  /**
   * Devices behind USB appear when their bus has found them: what is new is asked for each time.
   */
  @Test
  void loadsTheDriverOfANetworkCardThatComesLate() throws Exception {
    End end =
        init.run(
            """
            looks=0
            load_new_drivers() { looks=$((looks + 1)); }
            interface_with_link() { [ $looks -lt 3 ] || echo usb0; }
            find_interface
            say "found $interface"
            """);

    assertThat(end.console())
        .contains("network: no interface has a link yet, waiting\n")
        .contains("found usb0\n");
  }

  @Test
  void saysWhichFirmwareADriverMissed() throws Exception {
    End end =
        init.run(
            """
            dmesg() {
              echo "<4>[    9.1] bnx2x 0000:01:00.0: Direct firmware load for bnx2x/e2.fw failed with error -2"
              echo "<4>[    9.2] bnx2x 0000:01:00.1: Direct firmware load for bnx2x/e2.fw failed with error -2"
              echo "<6>[    9.3] other 0000:02:00.0: up"
            }
            load_new_drivers() { :; }
            interface_with_link() { :; }
            find_interface
            """);

    assertThat(end.console())
        .containsPattern(
            "FAILED: network: no interface came up; seen: .*; firmware that is not in the image: bnx2x/e2.fw\n")
        .contains("To mend it: check the cable");
    assertThat(end.status()).isEqualTo(9);
  }

  private End boot(byte[] manifest, String commands) throws Exception {
    server.put("image/boot.manifest", manifest);
    return init.run(commandLine(Digest.of(manifest).hex()) + "take_boot_manifest\n" + commands);
  }

  private String commandLine(String digest) {
    return "digest=" + digest + "\nsource=" + server.url() + "/image\n";
  }

  private static byte[] manifest(String... lines) {
    StringBuilder text = new StringBuilder("kiln-boot 1\n");
    for (String line : lines) {
      text.append(line).append('\n');
    }
    return text.toString().getBytes(UTF_8);
  }

  private static void assertFailed(End end, String what, String mend) {
    assertThat(end.console())
        .containsPattern("kiln: \\[[0-9.]+\\] FAILED: ")
        .contains("FAILED: " + (what.contains(": ") ? what : "boot manifest: " + what))
        .contains("To mend it: " + mend)
        .contains("This machine boots again in 60 seconds.");
    assertThat(end.status()).isEqualTo(9);
  }
}
