package dev.kiln.bootserver.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.dhcp.codec.MessageType;
import dev.kiln.bootserver.dhcp.codec.Requests;
import dev.kiln.bootserver.event.Event;
import dev.kiln.bootserver.event.EventText;
import dev.kiln.bootserver.event.Events;
import dev.kiln.bootserver.event.Field;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.event.Values;
import dev.kiln.bootserver.net.MacAddress;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DhcpTimelineTest {
  private static final MacAddress MAC = MacAddress.parse("52:54:00:12:34:56");

  @Test
  void namesTheProgramFirstWhenItDiscovers() {
    Events events = new Events();
    Query discover = LabSettings.query(Requests.request(MessageType.DISCOVER, MAC));

    new DhcpTimeline(events, LabSettings.lab().subnet().id())
        .record(discover, Instant.EPOCH, new Answer.Silence("r", "d"), Instant.EPOCH);

    Event first = events.all().get(0);
    assertThat(first.step()).isEqualTo(Step.DHCP_DISCOVER);
    assertThat(first.values()).isEqualTo(Values.of(Field.ASKER, "OTHER"));
    assertThat(EventText.of(first)).isEqualTo("an operating system");
  }
}
