package dev.kiln.bootserver.dhcp;

import static dev.kiln.bootserver.dhcp.LabSettings.SERVER;
import static dev.kiln.bootserver.dhcp.LabSettings.query;
import static dev.kiln.bootserver.dhcp.codec.MessageType.REQUEST;
import static dev.kiln.bootserver.dhcp.codec.Requests.ANNA;
import static dev.kiln.bootserver.dhcp.codec.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.dhcp.codec.DhcpOption;
import dev.kiln.bootserver.net.Ipv4Address;
import org.junit.jupiter.api.Test;

class RequestStateTest {
  private static final Ipv4Address SEVENTY = Ipv4Address.parse("10.77.0.70");

  @Test
  void tellsRenewingFromRebindingByTheAddressThatTheRequestCameTo() {
    assertThat(RequestState.of(query(request(REQUEST, ANNA).using(SEVENTY), SERVER)))
        .isEqualTo(RequestState.RENEWING);
    assertThat(RequestState.of(query(request(REQUEST, ANNA).using(SEVENTY))))
        .isEqualTo(RequestState.REBINDING);
  }

  @Test
  void takesWhatARelayBringsForABroadcast() {
    Ipv4Address relay = Ipv4Address.parse("10.77.0.253");

    assertThat(
            RequestState.of(query(request(REQUEST, ANNA).using(SEVENTY).relayedBy(relay), SERVER)))
        .isEqualTo(RequestState.REBINDING);
  }

  @Test
  void readsTheOtherStatesFromTheOptions() {
    assertThat(
            RequestState.of(
                query(
                    request(REQUEST, ANNA)
                        .with(DhcpOption.REQUESTED_ADDRESS, SEVENTY)
                        .with(DhcpOption.SERVER_IDENTIFIER, SERVER))))
        .isEqualTo(RequestState.SELECTING);
    assertThat(
            RequestState.of(
                query(request(REQUEST, ANNA).with(DhcpOption.REQUESTED_ADDRESS, SEVENTY))))
        .isEqualTo(RequestState.INIT_REBOOT);
    assertThat(RequestState.of(query(request(REQUEST, ANNA)))).isEqualTo(RequestState.UNCLEAR);
  }
}
