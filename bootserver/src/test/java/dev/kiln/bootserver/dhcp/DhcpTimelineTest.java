package dev.kiln.bootserver.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.event.Event;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.machine.MacAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DhcpTimelineTest {
  private static final MacAddress MAC = MacAddress.parse("52:54:00:12:34:56");

  @Test
  void namesTheProgramFirstWhenItDiscovers() {
    List<Event> events = new ArrayList<>();
    DhcpPacket discover = Requests.request(MessageType.DISCOVER, MAC).packet();

    new DhcpTimeline(events::add)
        .record(discover, Instant.EPOCH, new Answer.Silence("r", "d"), Instant.EPOCH);

    assertThat(events.get(0).step()).isEqualTo(Step.DHCP_DISCOVER);
    assertThat(events.get(0).detail()).startsWith(BootClient.Program.OTHER.name());
  }
}
