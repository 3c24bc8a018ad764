package dev.kiln.bootserver.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.health.Reported;
import dev.kiln.bootserver.net.AddressProbe.Found;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArpProbeTest {
  private static final MacAddress ANNA = MacAddress.parse("52:54:00:00:00:0a");
  private static final MacAddress BERT = MacAddress.parse("52:54:00:00:00:0b");
  private static final Ipv4Address SEVENTY = Ipv4Address.parse("10.77.0.70");

  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final Map<Ipv4Address, MacAddress> table = new ConcurrentHashMap<>();
  private final List<Ipv4Address> sent = new CopyOnWriteArrayList<>();
  private final ArpProbe probe = new ArpProbe(thread, () -> Map.copyOf(table), sent::add);

  @AfterEach
  void end() {
    thread.shutdownNow();
  }

  @Test
  void saysWhoAnswers() {
    ArpProbe answered =
        new ArpProbe(thread, () -> Map.copyOf(table), address -> table.put(address, BERT));

    assertThat(found(answered, ANNA)).isEqualTo(new Found.UsedBy(BERT));
  }

  @Test
  void saysNobodyWhereTheClientItselfAnswers() {
    table.put(SEVENTY, ANNA);

    assertThat(found(probe, ANNA)).isEqualTo(new Found.Nobody());
  }

  @Test
  void saysNobodyWhereNothingAnswersAndRemembersIt() {
    assertThat(found(probe, ANNA)).isEqualTo(new Found.Nobody());
    int once = sent.size();
    assertThat(found(probe, ANNA)).isEqualTo(new Found.Nobody());

    assertThat(sent).isNotEmpty().hasSize(once);
  }

  @Test
  void asksAgainForWhatItWasToldToForget() {
    assertThat(found(probe, ANNA)).isEqualTo(new Found.Nobody());
    int once = sent.size();

    probe.forget(SEVENTY);

    assertThat(found(probe, ANNA)).isEqualTo(new Found.Nobody());
    assertThat(sent).hasSizeGreaterThan(once);
  }

  @Test
  void doesNotDecideByWhatWasKnownBefore() {
    table.put(SEVENTY, BERT);
    assertThat(found(probe, ANNA)).isEqualTo(new Found.Undecided());

    table.clear();

    assertThat(found(probe, ANNA)).isEqualTo(new Found.Nobody());
  }

  @Test
  void asksForNoMoreThanSoManyAtOneTime() {
    for (int number = 0; number < 256; number++) {
      Ipv4Address address = new Ipv4Address(0x0a630000 + number);
      // Doubted, and so in question for a minute, however slow this machine is.
      table.put(address, BERT);
      var unused = probe.ask(address, ANNA);
    }

    assertThat(found(probe, ANNA)).isEqualTo(new Found.Undecided());
    assertThat(sent).doesNotContain(SEVENTY);
  }

  @Test
  void tellsTheClientWhereItCannotAsk() {
    ArpProbe broken =
        new ArpProbe(
            thread,
            () -> Map.of(),
            address -> {
              throw new IllegalStateException("no");
            });

    assertThat(broken.ask(SEVENTY, ANNA).toCompletableFuture()).failsWithin(30, TimeUnit.SECONDS);
  }

  @Test
  void reportsAnErrorThatItsExecutorKeepsToItself() throws Exception {
    Error error = new OutOfMemoryError();
    ArpProbe broken =
        new ArpProbe(
            thread,
            () -> {
              throw error;
            },
            sent::add);
    try (Reported reported = new Reported()) {
      var unused = broken.ask(SEVENTY, ANNA);

      reported.await(error);
    }
  }

  private static Found found(ArpProbe probe, MacAddress client) {
    return probe.ask(SEVENTY, client).toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
