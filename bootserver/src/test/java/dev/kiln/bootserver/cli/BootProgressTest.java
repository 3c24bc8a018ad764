package dev.kiln.bootserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.event.Event;
import dev.kiln.bootserver.event.Field;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.event.Values;
import dev.kiln.bootserver.net.MacAddress;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BootProgressTest {
  private static final MacAddress MAC = MacAddress.parse("52:54:00:12:34:56");

  private final BootProgress progress = new BootProgress();
  private Instant now = Instant.parse("2026-11-20T12:00:00Z");

  @BeforeEach
  void comeUp() {
    discovers("PXE");
    happens(Step.BOOT_SCRIPT);
    happens(Step.NOCLOUD);
    happens(Step.UP);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "TFTP_START",
        "TFTP_PROBE",
        "LOADER",
        "LOADER_SIZE",
        "IPXE_STARTED",
        "BOOT_SCRIPT",
        "WAITING"
      })
  void beginsAnewWithWhateverALoaderDoesFirst(Step step) {
    happens(step);

    assertThat(progress.begun()).isTrue();
    assertThat(progress.has(Step.UP)).isFalse();
  }

  @Test
  void beginsAnewWhereFirmwareAsksForAnAddressAndNotWhereTheSystemDoes() {
    discovers("OTHER");
    assertThat(progress.has(Step.UP)).isTrue();

    discovers("IPXE");
    assertThat(progress.begun()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"CONTRADICTION", "IMAGE_FILE", "DHCP_REQUEST"})
  void goesOnWithEverythingElse(Step step) {
    happens(step);

    assertThat(progress.has(Step.UP)).isTrue();
  }

  private void discovers(String asker) {
    take(Step.DHCP_DISCOVER, Values.of(Field.ASKER, asker));
  }

  private void happens(Step step) {
    take(step, Values.NONE);
  }

  private void take(Step step, Values values) {
    now = now.plusSeconds(1);
    progress.take(Event.seen(now, MAC, step, values));
  }
}
