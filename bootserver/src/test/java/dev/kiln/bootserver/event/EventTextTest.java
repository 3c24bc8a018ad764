package dev.kiln.bootserver.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.net.MacAddress;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EventTextTest {
  private static final MacAddress MAC = MacAddress.parse("52:54:00:77:00:1a");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dhcp-discover | asker=PXE architecture=UEFI_X64 | PXE UEFI_X64",
        "dhcp-discover | asker=PXE | PXE of an architecture that is unknown here",
        "dhcp-discover | asker=OTHER architecture=BIOS | an operating system",
        "dhcp-offer | address=10.0.0.5 why=TFTP | 10.0.0.5; TFTP",
        "dhcp-request | address=10.0.0.5 state=SELECTING asker=OTHER"
            + " | 10.0.0.5, SELECTING, an operating system",
        "dhcp-ack | address=10.0.0.5 seconds=60 | 10.0.0.5 for 60 s",
        "dhcp-nak | why=wrong | wrong",
        "tftp-start | peer=10.0.0.5 file=a.efi bytes=700 block-size=512"
            + " | 10.0.0.5 a.efi, 700 bytes in blocks of 512",
        "tftp-done | peer=10.0.0.5 file=a.efi bytes=700 millis=1250 repeated=2"
            + " | 10.0.0.5 a.efi, 700 bytes in 1.250 s, 2 packets repeated",
        "tftp-abort | peer=10.0.0.5 file=a.efi bytes=7 millis=1 repeated=0 why=gone"
            + " | 10.0.0.5 a.efi, 7 bytes in 0.001 s, 0 packets repeated: gone",
        "tftp-probe | peer=10.0.0.5 file=a.efi | 10.0.0.5 a.efi, its size only",
        "tftp-refused | peer=10.0.0.5 file=a.efi why=none | 10.0.0.5 a.efi: none",
        "image-file | file=vmlinuz bytes=9 millis=3 by=address"
            + " | vmlinuz, 9 bytes, 3 ms, by address",
        "loader-size | file=ipxe.efi | ipxe.efi",
        "boot-script | image=debian12 group=workers | image debian12 for group workers",
        "cloud-init | type=finish name=final result=FAIL description=d | finish final FAIL: d",
        "report | name=n | n",
        "dhcp-ack | text=as-it-was | as-it-was"
      })
  void says(String step, String values, String text) {
    Values all = Values.NONE;
    for (String value : values.split(" ")) {
      Map.Entry<String, String> one = Map.entry(value.split("=")[0], value.split("=")[1]);
      all = all.and(Field.named(one.getKey()).orElseThrow(), (Object) one.getValue());
    }

    assertThat(EventText.of(event(Step.named(step).orElseThrow(), all))).isEqualTo(text);
  }

  @ParameterizedTest
  @EnumSource
  void saysSomethingOfEveryStepWhateverIsMissing(Step step) {
    assertThat(EventText.of(event(step, Values.NONE))).isNotNull();
    assertThat(Step.named(step.label())).contains(step);
  }

  @Test
  void namesEveryStepOnceAndSorted() {
    assertThat(Step.labels()).hasSize(Step.values().length).isSorted().contains("tftp-done", "up");
  }

  private static Event event(Step step, Values values) {
    return Event.seen(Instant.EPOCH, MAC, step, values);
  }
}
