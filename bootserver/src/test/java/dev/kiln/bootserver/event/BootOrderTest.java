package dev.kiln.bootserver.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.net.MacAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A star stands before what begins a boot. */
class BootOrderTest {
  private static final MacAddress MAC = MacAddress.parse("52:54:00:77:00:1a");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a whole boot, and the next |"
            + " *pxe offer tftp-start tftp-done ipxe offer ipxe-started boot-script image-file"
            + " other ack nocloud cloud-init up *pxe tftp-start ipxe",
        "firmware that repeats DISCOVER | *pxe offer pxe offer pxe request ack",
        "UEFI that tries PXE and then HTTP |"
            + " *pxe offer tftp-refused http_boot loader-size loader ipxe boot-script",
        "a reset before cloud-init, while iPXE waits | *pxe ipxe ipxe-started waiting *pxe ipxe",
        "a reset before cloud-init, in the initrd | *pxe ipxe boot-script image-file *pxe",
        "a reset after the system had spoken once | *http_boot ipxe image-file nocloud *http_boot",
        "iPXE that waits and asks for its address again |"
            + " *pxe ipxe waiting ipxe request ack ipxe-started waiting ipxe waiting",
        "iPXE that could not load the initrd |"
            + " *pxe ipxe boot-script image-file image-file-aborted ipxe-started ipxe boot-script",
        "iPXE in ROM | *ipxe ipxe-started boot-script image-file *ipxe boot-script image-file",
        "iPXE in ROM, after its system | *ipxe boot-script image-file other up *ipxe",
        "iPXE in ROM that loads another iPXE | *ipxe tftp-start tftp-done ipxe boot-script",
        "a system that renews and discovers | *pxe ipxe image-file other up request ack other",
        "a system that is told to wait for its seed | *pxe ipxe image-file seed-waits nocloud",
        "a local disk's system, and then a boot | *other ack request *pxe",
        "a transfer that ends after a reset | *pxe tftp-start ipxe *pxe tftp-abort tftp-start",
        "no DHCP of this server |"
            + " *tftp-start tftp-done ipxe-started boot-script image-file nocloud *tftp-start",
        "no DHCP of this server, a reset in the initrd |"
            + " *loader-size loader boot-script image-file *loader-size",
        "no DHCP of this server, iPXE in ROM | *ipxe-started image-file up *ipxe-started",
        "what comes late | *ack up *boot-script"
      })
  void begins(String what, String events) {
    List<String> found = new ArrayList<>();
    BootOrder.Stage stage = BootOrder.Stage.FIRMWARE;
    for (String word : events.split(" ")) {
      String name = word.replace("*", "");
      BootOrder.Place place =
          found.isEmpty() ? BootOrder.first(event(name)) : BootOrder.next(stage, event(name));
      stage = place.stage();
      found.add((place.begins() ? "*" : "") + name);
    }

    assertThat(String.join(" ", found)).as(what).isEqualTo(events);
  }

  @Test
  void knowsWhatAMachineDoesBeforeItsSystemRuns() {
    assertThat(BootOrder.isBeforeTheSystem(event("pxe"))).isTrue();
    assertThat(BootOrder.isBeforeTheSystem(event("waiting"))).isTrue();
    assertThat(BootOrder.isBeforeTheSystem(event("other"))).isFalse();
    assertThat(BootOrder.isBeforeTheSystem(event("up"))).isFalse();
  }

  private static Event event(String word) {
    return switch (word) {
      case "pxe", "http_boot", "ipxe", "other" ->
          event(Step.DHCP_DISCOVER, Values.of(Field.ASKER, word.toUpperCase(Locale.ROOT)));
      case "seed-waits" -> event(Step.WAITING, Values.of(Field.DOCUMENT, "user-data"));
      default ->
          event(Step.named(word).or(() -> Step.named("dhcp-" + word)).orElseThrow(), Values.NONE);
    };
  }

  private static Event event(Step step, Values values) {
    return Event.seen(Instant.EPOCH, MAC, step, values);
  }
}
