package dev.kiln.bootserver.dhcp;

import static dev.kiln.bootserver.dhcp.LabSettings.lab;
import static dev.kiln.bootserver.dhcp.codec.Requests.ANNA;
import static dev.kiln.bootserver.dhcp.codec.Requests.BERT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.dhcp.codec.Requests;
import dev.kiln.bootserver.lease.AddressPool;
import dev.kiln.bootserver.lease.ClientId;
import dev.kiln.bootserver.lease.Lease;
import dev.kiln.bootserver.lease.LeasesInMemory;
import dev.kiln.bootserver.lease.TestClock;
import dev.kiln.bootserver.net.AddressProbe.Found;
import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.MacAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class OfferAddressTest {
  private static final Ipv4Address SEVENTY = Ipv4Address.parse("10.77.0.70");
  private static final Ipv4Address SEVENTY_ONE = Ipv4Address.parse("10.77.0.71");
  private static final MacAddress CARL = MacAddress.parse("52:54:00:00:00:0c");
  private static final Found NOBODY = new Found.Nobody();
  private static final Found USED = new Found.UsedBy(BERT);

  private final TestClock clock = new TestClock();
  private final LeasesInMemory leases = new LeasesInMemory(clock);
  private final Map<Ipv4Address, CompletableFuture<Found>> asked = new HashMap<>();
  private int questions;

  @Test
  void offersAtOnceWhatNobodyHadBefore() {
    AnswerDhcp server = server(lab());

    assertThat(offered(discover(server, ANNA))).isNotNull();
    assertThat(questions).isZero();
  }

  @Test
  void offersAMachineItsOwnAddressAtOnce() {
    held(SEVENTY, ANNA);
    clock.pass(Duration.ofHours(2));

    assertThat(offered(discover(server(lab()), ANNA))).isEqualTo(SEVENTY);
    assertThat(questions).isZero();
  }

  @Test
  void offersWhatAnotherHadOnlyWhenNobodyAnswers() {
    CompletionStage<Answer> answer = discover(only(SEVENTY), ANNA);
    assertThat(answer.toCompletableFuture()).isNotDone();

    tell(SEVENTY, NOBODY);

    assertThat(offered(answer)).isEqualTo(SEVENTY);
    assertThat(detail(answer)).doesNotContain("in use");
  }

  @Test
  void keepsAnAddressThatIsUsedFromAllAndOffersAnother() {
    held(SEVENTY_ONE, CARL);
    AnswerDhcp server = only(SEVENTY, SEVENTY_ONE);
    CompletionStage<Answer> answer = discover(server, ANNA);

    tell(SEVENTY, USED);
    tell(SEVENTY_ONE, NOBODY);

    assertThat(offered(answer)).isEqualTo(SEVENTY_ONE);
    assertThat(detail(answer))
        .startsWith(
            "10.77.0.70 is in use by " + BERT + ", kept from all until 2026-11-20T14:10:00Z");
    assertThat(leaseOn(SEVENTY).state()).isEqualTo(Lease.State.DECLINED);
    assertThat(leaseOn(SEVENTY).holdsAt(clock.instant().plus(Duration.ofMinutes(9)))).isTrue();
  }

  @Test
  void saysNothingWhereAllAreUsed() {
    CompletionStage<Answer> answer = discover(only(SEVENTY), ANNA);

    tell(SEVENTY, USED);

    assertThat(silence(answer)).isEqualTo("no-free-address");
    assertThat(detail(answer)).startsWith("10.77.0.70 is in use by " + BERT);
  }

  @Test
  void saysNothingWhileItIsNotKnown() {
    AnswerDhcp server = only(SEVENTY);
    CompletionStage<Answer> answer = discover(server, ANNA);
    tell(SEVENTY, new Found.Undecided());
    assertThat(silence(answer)).isEqualTo("in-question");

    CompletionStage<Answer> later = discover(server, ANNA);
    tell(SEVENTY, NOBODY);
    assertThat(offered(later)).isEqualTo(SEVENTY);
  }

  @Test
  void answersAMachineThatAsksAgainOnce() {
    AnswerDhcp server = only(SEVENTY);
    CompletionStage<Answer> first = discover(server, ANNA);
    CompletionStage<Answer> second = discover(server, ANNA);

    assertThat(first.toCompletableFuture().join()).isInstanceOf(Answer.Heard.class);
    assertThat(questions).isEqualTo(1);
    tell(SEVENTY, NOBODY);
    assertThat(offered(second)).isEqualTo(SEVENTY);
    discover(server, ANNA);
    assertThat(questions).isEqualTo(2);
  }

  @Test
  void offersAnAddressInQuestionToNobodyElse() {
    AnswerDhcp server = only(SEVENTY);
    discover(server, ANNA);

    assertThat(silence(discover(server, CARL))).isEqualTo("no-free-address");
  }

  /** A server of so many addresses, all of which were another's. */
  private AnswerDhcp only(Ipv4Address... addresses) {
    held(SEVENTY, BERT);
    clock.pass(Duration.ofHours(2));
    return server(lab().pool("10.77.0.70-" + addresses[addresses.length - 1]));
  }

  private AnswerDhcp server(LabSettings lab) {
    AddressPool pool = lab.addresses();
    leases.list(lab.subnet().id()).toCompletableFuture().join().forEach(pool::learn);
    lab.probing(
        (address, client) -> {
          questions++;
          CompletableFuture<Found> found = new CompletableFuture<>();
          asked.put(address, found);
          return found;
        });
    return new AnswerDhcp(lab.parts(leases, pool, Runnable::run, clock));
  }

  private void held(Ipv4Address address, MacAddress by) {
    leases.confirm(lab().subnet().id(), address, ClientId.of(by), Duration.ofMinutes(1));
  }

  private void tell(Ipv4Address address, Found found) {
    Objects.requireNonNull(asked.get(address)).complete(found);
  }

  private Lease leaseOn(Ipv4Address address) {
    return leases.list(lab().subnet().id()).toCompletableFuture().join().stream()
        .filter(it -> it.address().equals(address))
        .findFirst()
        .orElseThrow();
  }

  private static CompletionStage<Answer> discover(AnswerDhcp server, MacAddress client) {
    return server.answer(LabSettings.query(Requests.discover(client)));
  }

  private static Ipv4Address offered(CompletionStage<Answer> answer) {
    return ((Answer.Reply) done(answer)).packet().header().yiaddr();
  }

  private static String silence(CompletionStage<Answer> answer) {
    return ((Answer.Silence) done(answer)).reason();
  }

  private static String detail(CompletionStage<Answer> answer) {
    return done(answer).detail();
  }

  private static Answer done(CompletionStage<Answer> answer) {
    assertThat(answer.toCompletableFuture()).isDone();
    return answer.toCompletableFuture().join();
  }
}
