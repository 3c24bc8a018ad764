package dev.kiln.bootserver.net;

import static org.assertj.core.api.Assertions.assertThat;

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
  void doesNotDecideByWhatWasKnownBefore() {
    table.put(SEVENTY, BERT);
    assertThat(found(probe, ANNA)).isEqualTo(new Found.Undecided());

    table.clear();

    assertThat(found(probe, ANNA)).isEqualTo(new Found.Nobody());
  }

  @Test
  void asksForNoMoreThanSoManyAtOneTime() {
    for (int number = 0; number < 256; number++) {
      var unused = probe.ask(new Ipv4Address(0x0a630000 + number), ANNA);
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

  private static Found found(ArpProbe probe, MacAddress client) {
    return probe.ask(SEVENTY, client).toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
