package dev.kiln.bootserver.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class NeighbourTableTest {
  private static final String TABLE =
      """
      IP address       HW type     Flags       HW address            Mask     Device
      10.77.0.70       0x1         0x2         52:54:00:00:00:0a     *        br0
      10.77.0.71       0x1         0x0         00:00:00:00:00:00     *        br0
      10.77.0.72       0x1         0x6         52:54:00:00:00:0c     *        br0
      10.77.0.73       0x1         0x2         52:54:00:00:00:0d     *        eth0
      10.77.0.74       0x1         0x2         ff:ff:ff:ff:ff:ff     *        br0
      10.77.0.75       0x20        0x2         80:00:00:48:fe:80:00:00:00:00:00:00:00:02:c9:03:00:0e:e3:b1     *        br0
      """;

  @Test
  void readsWhoAnsweredOnOneInterface() {
    assertThat(NeighbourTable.parse(TABLE, new InterfaceName("br0")))
        .isEqualTo(
            Map.of(
                Ipv4Address.parse("10.77.0.70"), MacAddress.parse("52:54:00:00:00:0a"),
                Ipv4Address.parse("10.77.0.72"), MacAddress.parse("52:54:00:00:00:0c")));
  }
}
