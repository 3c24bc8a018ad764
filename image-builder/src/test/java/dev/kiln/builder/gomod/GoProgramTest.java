package dev.kiln.builder.gomod;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.builder.gomod.GoProgram.Module;
import dev.kiln.campaign.Campaign;
import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoProgramTest {
  private static final String LINES =
      """
      path\tup.example/tool
      mod\tkiln.invalid/tool\t(devel)\t
      dep\tdep.example/dep\tv1.1.0\th1:abc=
      dep\told.example/dep\tv1.0.0
      =>\tnew.example/dep\tv2.0.0\th1:def=
      build\t-trimpath=true
      """;

  private static final byte[] PROGRAM =
      SampleProgram.of(SampleProgram.buildInfo("go1.26.10", LINES));

  @TempDir private Path directory;

  @Test
  void namesTheToolchainAndEveryModuleAsItWasTaken() throws IOException {
    assertThat(read(PROGRAM))
        .contains(
            new GoProgram(
                "go1.26.10",
                List.of(
                    new Module("dep.example/dep", "v1.1.0", "h1:abc="),
                    new Module("new.example/dep", "v2.0.0", "h1:def="))));
  }

  @Test
  void namesTheModuleOfWhatWasBuiltWhereItWasPublished() throws IOException {
    String lines =
        LINES.replace("kiln.invalid/tool\t(devel)\t", "up.example/tool\tv1.0.0\th1:ghi=");

    assertThat(
            read(SampleProgram.of(SampleProgram.buildInfo("go1.26.10", lines)))
                .orElseThrow()
                .modules())
        .startsWith(new Module("up.example/tool", "v1.0.0", "h1:ghi="))
        .hasSize(3);
  }

  @Test
  void knowsAProgramThatIsNotGos() throws IOException {
    byte[] c = new String(PROGRAM, ISO_8859_1).replace(".go.", ".co.").getBytes(ISO_8859_1);
    byte[] old = SampleProgram.of("\u00ff Go buildinf:\u0008\u0000".getBytes(ISO_8859_1));
    byte[] stripped = PROGRAM.clone();
    stripped[60] = 0;

    assertThat(read(c)).isEmpty();
    assertThat(read(old)).isEmpty();
    assertThat(read(stripped)).isEmpty();
    assertThat(read(SampleProgram.of(SampleProgram.buildInfo("go1.26.10", ""))))
        .contains(new GoProgram("go1.26.10", List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dep\tdep.example/dep\n",
        "dep\tdep.example/dep\tv1.0.0\th1:abc=\tmore\n",
        "dep\told.example/dep\tv1.0.0\n",
        "=>\tnew.example/dep\tv2.0.0\th1:def=\n",
        "dep\told.example/dep\tv1.0.0\n=>\t./here\n",
      })
  void refusesLinesThatGoDoesNotWrite(String lines) {
    assertThatThrownBy(() -> read(SampleProgram.of(SampleProgram.buildInfo("go1.26.10", lines))))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("damaged way");
  }

  @Test
  void refusesATextThatIsLongerThanTheSection() {
    byte[] section = SampleProgram.buildInfo("go1.26.10", LINES);

    for (int length = 32; length < section.length; length++) {
      byte[] cut = Arrays.copyOf(section, length);
      assertThatThrownBy(() -> read(SampleProgram.of(cut)))
          .isInstanceOf(KilnException.class)
          .hasMessageContaining("damaged way");
    }
  }

  @Test
  void refusesAProgramThatPointsBehindItsEnd() {
    assertThatThrownBy(() -> read(Arrays.copyOf(PROGRAM, PROGRAM.length - 1)))
        .hasMessageContaining("points behind its own end");
    assertThatThrownBy(() -> read(Arrays.copyOf(PROGRAM, 40))).isInstanceOf(KilnException.class);
    assertThatThrownBy(() -> read(LINES.repeat(3).getBytes(ISO_8859_1)))
        .hasMessageContaining("is no 64-bit little-endian ELF file");
  }

  @Test
  void readsOrRefusesWhateverItIsGiven() throws Exception {
    int refused =
        Campaign.count(
            4000,
            random -> {
              byte[] damaged = PROGRAM.clone();
              for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
              }
              try {
                read(damaged);
                return false;
              } catch (KilnException e) {
                assertThat(e.kind()).isEqualTo(KilnException.Kind.INPUT);
                return true;
              }
            });

    assertThat(refused).isGreaterThan(400);
  }

  private Optional<GoProgram> read(byte[] program) throws IOException {
    return GoProgram.read(Files.write(directory.resolve("program"), program));
  }
}
