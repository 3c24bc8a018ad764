package dev.kiln.bootserver.dhcp;

import static dev.kiln.bootserver.dhcp.LabSettings.lab;
import static dev.kiln.bootserver.dhcp.codec.MessageType.DECLINE;
import static dev.kiln.bootserver.dhcp.codec.MessageType.REQUEST;
import static dev.kiln.bootserver.dhcp.codec.Requests.ANNA;
import static dev.kiln.bootserver.dhcp.codec.Requests.BERT;
import static dev.kiln.bootserver.dhcp.codec.Requests.discover;
import static dev.kiln.bootserver.dhcp.codec.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.dhcp.codec.DhcpOption;
import dev.kiln.bootserver.dhcp.codec.Requests;
import dev.kiln.bootserver.lease.AddressPool;
import dev.kiln.bootserver.lease.ClientId;
import dev.kiln.bootserver.lease.Lease;
import dev.kiln.bootserver.lease.LeasesInMemory;
import dev.kiln.bootserver.lease.TestClock;
import dev.kiln.bootserver.net.AddressProbe;
import dev.kiln.bootserver.net.AddressProbe.Found;
import dev.kiln.bootserver.net.IpAddress;
import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.MacAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Who declines is not proven: one host that makes up cards must not undo what honest ones say. */
class HearDeclineTest {
  private static final LabSettings LAB = lab().pool("10.77.0.100-10.77.0.199");
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration SHORT = Duration.ofMinutes(1);
  private static final Ipv4Address RELAY = Ipv4Address.parse("10.77.0.253");
  private static final UnaryOperator<Requests> DIRECT = UnaryOperator.identity();

  private final TestClock clock = new TestClock();
  private final LeasesInMemory leases = new LeasesInMemory(clock);
  private final AddressPool pool = LAB.addresses();
  private final Map<Ipv4Address, Found> onTheWire = new HashMap<>();
  private final Set<Ipv4Address> forgotten = new HashSet<>();
  private final AnswerDhcp server = server(wire());
  private int madeUp = 0x1000;

  @Test
  void keepsAnAddressThatSomebodyUsesFromAllForLong() {
    Ipv4Address address = bind(ANNA, DIRECT);
    onTheWire.put(address, new Found.UsedBy(BERT));

    assertThat(decline(ANNA, address, DIRECT))
        .isEqualTo(address + " is used by " + BERT + "; kept from all until 2026-11-20T12:10:00Z");
    assertThat(isClosed(address, LONG)).isTrue();
  }

  @Test
  void asksAnewWhetherSomebodyUsesIt() {
    Ipv4Address address = bind(ANNA, DIRECT);

    decline(ANNA, address, DIRECT);

    assertThat(forgotten).containsExactly(address);
  }

  @Test
  void keepsAnAddressThatNobodyAnswersForFromAllForAMinute() {
    Ipv4Address address = bind(ANNA, DIRECT);

    assertThat(decline(ANNA, address, DIRECT))
        .startsWith(address + ", for which nobody answers; kept from all until");
    assertThat(isClosed(address, SHORT)).isTrue();
    assertThat(isClosed(address, SHORT.plusSeconds(1))).isFalse();
  }

  @Test
  void keepsWhatAnHonestMachineDeclinedWhileOneHostMakesUpCards() {
    Ipv4Address honest = bind(ANNA, DIRECT);
    onTheWire.put(honest, new Found.UsedBy(BERT));
    decline(ANNA, honest, DIRECT);

    for (int number = 0; number < 500; number++) {
      flood(1, DIRECT);
      assertThat(isClosed(honest, Duration.ofMinutes(8))).isTrue();
    }
  }

  @Test
  void hearsAnHonestMachineAfterOneHostMadeUpCards() {
    flood(500, DIRECT);
    Ipv4Address honest = bind(ANNA, DIRECT);
    onTheWire.put(honest, new Found.UsedBy(BERT));

    decline(ANNA, honest, DIRECT);

    assertThat(isClosed(honest, LONG)).isTrue();
  }

  @Test
  void givesNothingThatSomebodyUsesBackForWhatNobodyAnswersFor() {
    List<Ipv4Address> used = new ArrayList<>();
    for (int number = 0; number < 12; number++) {
      MacAddress card = new MacAddress(madeUp++);
      Ipv4Address address = bind(card, DIRECT);
      onTheWire.put(address, new Found.UsedBy(BERT));
      decline(card, address, DIRECT);
      used.add(address);
    }

    Ipv4Address other = bind(ANNA, DIRECT);
    assertThat(decline(ANNA, other, DIRECT)).contains("too many are declined to keep it from all");
    assertThat(used).allMatch(address -> isClosed(address, LONG));
    assertThat(pool.mayHave(ClientId.of(BERT), other, clock.instant())).isTrue();
  }

  @Test
  void hearsACardSoOftenOnly() {
    List<String> heard = new ArrayList<>();
    for (int number = 0; number < 5; number++) {
      heard.add(decline(ANNA, bind(ANNA, DIRECT), DIRECT));
    }

    assertThat(heard.subList(0, 3)).allMatch(said -> said.contains("kept from all until"));
    assertThat(heard.subList(3, 5)).allMatch(said -> said.contains("too many are declined"));
  }

  @Test
  void givesAMachineAnotherAddressAlsoWhereItIsHeardNoMore() {
    for (int number = 0; number < 5; number++) {
      Ipv4Address address = bind(ANNA, DIRECT);
      decline(ANNA, address, DIRECT);
      assertThat(bind(ANNA, DIRECT)).isNotEqualTo(address);
    }
  }

  @Test
  void leavesOtherCircuitsTheirShareWhereNobodyCanBeAsked() {
    AnswerDhcp far = server(AddressProbe.NONE);
    UnaryOperator<Requests> quiet = line("quiet");
    Ipv4Address before = bind(far, ANNA, quiet);
    decline(far, ANNA, before, quiet);

    for (int number = 0; number < 50; number++) {
      MacAddress card = new MacAddress(madeUp++);
      decline(far, card, bind(far, card, line("loud")), line("loud"));
    }
    Ipv4Address after = bind(far, BERT, quiet);

    assertThat(decline(far, BERT, after, quiet)).contains("kept from all until");
    assertThat(isClosed(before, LONG.minusSeconds(1))).isTrue();
    assertThat(isClosed(after, LONG)).isTrue();
  }

  @Test
  void believesACardLessThatWasOnlyOfferedItsAddress() {
    AnswerDhcp far = server(AddressProbe.NONE);
    Ipv4Address offered = offer(far, ANNA, DIRECT);

    decline(far, ANNA, offered, DIRECT);

    assertThat(isClosed(offered, SHORT)).isTrue();
    assertThat(isClosed(offered, SHORT.plusSeconds(1))).isFalse();
  }

  @Test
  void asksOnceForAnAddressThatIsDeclinedAgainMeanwhile() {
    CompletableFuture<Found> found = new CompletableFuture<>();
    AnswerDhcp slow = server((address, client) -> found);
    Ipv4Address address = bind(slow, ANNA, DIRECT);

    CompletionStage<Answer> first = slow.answer(LabSettings.query(declining(ANNA, address)));
    CompletionStage<Answer> second = slow.answer(LabSettings.query(declining(ANNA, address)));
    assertThat(second.toCompletableFuture()).isCompleted();
    found.complete(new Found.UsedBy(BERT));

    assertThat(first.toCompletableFuture()).isCompleted();
    assertThat(isClosed(address, LONG)).isTrue();
  }

  private AnswerDhcp server(AddressProbe probe) {
    return new AnswerDhcp(LAB.probing(probe).parts(leases, pool, Runnable::run, clock));
  }

  /** The wire: who answers there is in a map, everybody else does not. */
  private AddressProbe wire() {
    return new AddressProbe() {
      @Override
      public CompletionStage<Found> ask(Ipv4Address address, MacAddress client) {
        Found found = onTheWire.getOrDefault(address, new Found.Nobody());
        return CompletableFuture.completedStage(found);
      }

      @Override
      public void forget(Ipv4Address address) {
        forgotten.add(address);
      }
    };
  }

  /** One host: each time another card, with an address that nobody answers for. */
  private void flood(int cards, UnaryOperator<Requests> by) {
    for (int number = 0; number < cards; number++) {
      MacAddress card = new MacAddress(madeUp++);
      decline(card, bind(card, by), by);
      clock.pass(Duration.ofMillis(100));
    }
  }

  private static UnaryOperator<Requests> line(String name) {
    byte[] option = new byte[2 + name.length()];
    option[0] = 1;
    option[1] = (byte) name.length();
    for (int i = 0; i < name.length(); i++) {
      option[2 + i] = (byte) name.charAt(i);
    }
    return request -> request.relayedBy(RELAY).with(DhcpOption.RELAY_AGENT_INFORMATION, option);
  }

  private Ipv4Address bind(MacAddress card, UnaryOperator<Requests> by) {
    return bind(server, card, by);
  }

  private static Ipv4Address offer(AnswerDhcp at, MacAddress card, UnaryOperator<Requests> by) {
    Answer offer = join(at.answer(LabSettings.query(by.apply(discover(card)))));
    return ((Answer.Reply) offer).packet().header().yiaddr();
  }

  private static Ipv4Address bind(AnswerDhcp at, MacAddress card, UnaryOperator<Requests> by) {
    Ipv4Address address = offer(at, card, by);
    Requests select =
        request(REQUEST, card)
            .with(DhcpOption.SERVER_IDENTIFIER, LabSettings.SERVER)
            .with(DhcpOption.REQUESTED_ADDRESS, address);
    assertThat(join(at.answer(LabSettings.query(by.apply(select)))))
        .isInstanceOf(Answer.Reply.class);
    return address;
  }

  private String decline(MacAddress card, Ipv4Address address, UnaryOperator<Requests> by) {
    return decline(server, card, address, by);
  }

  private static String decline(
      AnswerDhcp at, MacAddress card, Ipv4Address address, UnaryOperator<Requests> by) {
    return join(at.answer(LabSettings.query(by.apply(declining(card, address))))).detail();
  }

  private static Requests declining(MacAddress card, Ipv4Address address) {
    return request(DECLINE, card)
        .with(DhcpOption.SERVER_IDENTIFIER, LabSettings.SERVER)
        .with(DhcpOption.REQUESTED_ADDRESS, address);
  }

  private boolean isClosed(IpAddress address, Duration after) {
    return leases.list(LAB.subnet().id()).toCompletableFuture().join().stream()
        .filter(it -> it.address().equals(address) && it.state() == Lease.State.DECLINED)
        .anyMatch(it -> it.holdsAt(clock.instant().plus(after).minusMillis(1)));
  }

  private static <T> T join(CompletionStage<T> stage) {
    assertThat(stage.toCompletableFuture()).isDone();
    return stage.toCompletableFuture().join();
  }
}
