package dev.kiln.bootserver.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.admission.ServedNetworks;
import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.Ipv4Network;
import dev.kiln.bootserver.tftp.TftpPacket.ReadRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgreementTest {
  private static final TftpSettings SETTINGS =
      TftpSettings.of(
          Ipv4Address.parse("127.0.0.1"),
          new ServedNetworks(List.of(Ipv4Network.parse("127.0.0.0/8"))));

  @Test
  void agreesToWhatRfc1350SaysWhereNothingIsAsked() {
    Agreement agreement = of();

    assertThat(agreement.acknowledged()).isEmpty();
    assertThat(agreement.blockSize()).isEqualTo(512);
    assertThat(agreement.firstWait()).isEqualTo(Duration.ofSeconds(1));
    assertThat(agreement.fixedWait()).isFalse();
  }

  @Test
  void acknowledgesOnlyWhatIsAskedAndKnown() {
    Agreement agreement = of("windowsize", "4", "tsize", "0", "blksize", "1024", "x", "y");

    assertThat(agreement.acknowledged())
        .containsExactly(Map.entry("tsize", "1000"), Map.entry("blksize", "1024"));
    assertThat(agreement.tellsSize()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"8, 8", "512, 512", "1468, 1468", "1469, 1468", "65464, 1468"})
  void grantsBlocksUpToItsLimit(String asked, int granted) {
    Agreement agreement = of("blksize", asked);

    assertThat(agreement.blockSize()).isEqualTo(granted);
    assertThat(agreement.acknowledged()).containsEntry("blksize", Integer.toString(granted));
  }

  @ParameterizedTest
  @CsvSource({
    "blksize, 7",
    "blksize, 65465",
    "blksize, -1",
    "blksize, 99999999999999999999",
    "blksize, x",
    "blksize, ''",
    "timeout, 0",
    "timeout, 31",
    "timeout, 1.5",
  })
  void leavesOutWhatIsOutOfRange(String option, String value) {
    Agreement agreement = of(option, value);

    assertThat(agreement.acknowledged()).isEmpty();
    assertThat(agreement.blockSize()).isEqualTo(512);
  }

  @Test
  void takesTheClientsTimeBetweenRepetitions() {
    Agreement agreement = of("timeout", "3");

    assertThat(agreement.acknowledged()).containsExactly(Map.entry("timeout", "3"));
    assertThat(agreement.firstWait()).isEqualTo(Duration.ofSeconds(3));
    assertThat(agreement.fixedWait()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "511, 1", "512, 2", "513, 2", "33554432, 65537"})
  void endsWithABlockThatIsNotFull(long size, long blocks) {
    ReadRequest request = new ReadRequest("a", "octet", Map.of());

    assertThat(Agreement.of(request, size, SETTINGS).lastBlock()).isEqualTo(blocks);
  }

  private static Agreement of(String... options) {
    Map<String, String> asked = new LinkedHashMap<>();
    for (int i = 0; i < options.length; i += 2) {
      asked.put(options[i], options[i + 1]);
    }
    return Agreement.of(new ReadRequest("a", "octet", asked), 1000, SETTINGS);
  }
}
