package dev.kiln.bootserver.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.boot.BootAddresses;
import dev.kiln.bootserver.lease.LeaseTime;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BootDocumentsTest {
  private static final BootAddresses ADDRESSES =
      new BootAddresses(URI.create("http://10.77.0.1:8080"));

  @ParameterizedTest
  @CsvSource({"1m, 2", "2m, 3", "1h, 90", "365d, 360"})
  void renewsALeaseLongBeforeHalfOfItIsOver(String lease, int rounds) {
    LeaseTime time = LeaseTime.parse(lease);

    assertThat(identify(Optional.of(time)))
        .contains("iseq ${kiln-rounds-" + rounds + "} " + rounds + " || goto say\n");
    assertThat(rounds * BootDocuments.RETRY_SECONDS).isLessThan((int) (time.seconds() / 2));
  }

  @Test
  void renewsALeaseOfAnotherServerEveryFiveMinutes() {
    assertThat(identify(Optional.empty())).contains("iseq ${kiln-rounds-30} 30 || goto say\n");
  }

  private static String identify(Optional<LeaseTime> lease) {
    return new BootDocuments(ADDRESSES, Optional.empty(), lease).identify();
  }
}
