package dev.kiln.bootserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.event.Event;
import dev.kiln.bootserver.net.MacAddress;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootProgressTest {
  private static final MacAddress MAC = MacAddress.parse("52:54:00:12:34:56");

  private final BootProgress progress = new BootProgress();
  private Instant now = Instant.parse("2026-11-20T12:00:00Z");

  @BeforeEach
  void comeUp() {
    happens("dhcp-discover", "PXE UEFI_X64");
    happens("boot-script", "image debian12 for group workers");
    happens("nocloud", "user-data");
    happens("up", "cloud-init is done");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tftp-start",
        "tftp-probe",
        "loader",
        "loader-size",
        "ipxe-started",
        "boot-script",
        "waiting"
      })
  void beginsAnewWithWhateverALoaderDoesFirst(String step) {
    happens(step, "");

    assertThat(progress.begun()).isTrue();
    assertThat(progress.has("up")).isFalse();
  }

  @Test
  void beginsAnewWhereFirmwareAsksForAnAddressAndNotWhereTheSystemDoes() {
    happens("dhcp-discover", "an operating system");
    assertThat(progress.has("up")).isTrue();

    happens("dhcp-discover", "IPXE BIOS");
    assertThat(progress.begun()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"contradiction", "image-file", "dhcp-request"})
  void goesOnWithEverythingElse(String step) {
    happens(step, "");

    assertThat(progress.has("up")).isTrue();
  }

  private void happens(String step, String detail) {
    now = now.plusSeconds(1);
    progress.take(Event.seen(now, MAC, step, detail));
  }
}
