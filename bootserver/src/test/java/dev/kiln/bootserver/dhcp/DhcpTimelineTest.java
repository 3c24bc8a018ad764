package dev.kiln.bootserver.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.dhcp.codec.MessageType;
import dev.kiln.bootserver.dhcp.codec.Requests;
import dev.kiln.bootserver.event.Event;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.net.MacAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DhcpTimelineTest {
  private static final MacAddress MAC = MacAddress.parse("52:54:00:12:34:56");

  @Test
  void namesTheProgramFirstWhenItDiscovers() {
    List<Event> events = new ArrayList<>();
    Query discover = LabSettings.query(Requests.request(MessageType.DISCOVER, MAC));

    new DhcpTimeline(events::add, LabSettings.lab().subnet().id())
        .record(discover, Instant.EPOCH, new Answer.Silence("r", "d"), Instant.EPOCH);

    assertThat(events.get(0).step()).isEqualTo(Step.DHCP_DISCOVER);
    assertThat(events.get(0).detail()).isEqualTo("an operating system");
  }
}
