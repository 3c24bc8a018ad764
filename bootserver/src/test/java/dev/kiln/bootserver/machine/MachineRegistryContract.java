package dev.kiln.bootserver.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.net.MacAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every registry does, whatever keeps it: extended by a test of each. */
public abstract class MachineRegistryContract {
  private static final MacAddress ANNA = MacAddress.parse("52:54:00:00:00:0a");
  private static final Optional<SystemUuid> UUID =
      Optional.of(SystemUuid.parse("4c4c4544-0051-3610-8052-b4c04f4a3332"));
  private static final Optional<SerialNumber> SERIAL = Optional.of(new SerialNumber("Q6J32"));
  private static final Claims BY_UUID = new Claims(ANNA, UUID, Optional.empty());
  private static final Claims BY_SERIAL = new Claims(ANNA, Optional.empty(), SERIAL);
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  private MachineRegistry registry;
  private MachineRegistry second;

  /** Two servers that share one record. */
  public record Servers(MachineRegistry one, MachineRegistry other) {}

  /** Starts with a record without a card. */
  protected abstract Servers start() throws Exception;

  @BeforeEach
  void startEmpty() throws Exception {
    Servers servers = start();
    registry = servers.one();
    second = servers.other();
  }

  @Test
  void remembersWhatACardSaidBefore() {
    assertThat(seen(registry, BY_UUID)).isEqualTo(BY_UUID);
    assertThat(seen(registry, Claims.of(ANNA))).isEqualTo(BY_UUID);
    assertThat(seen(registry, BY_SERIAL)).isEqualTo(new Claims(ANNA, UUID, SERIAL));
  }

  @Test
  void keepsClaimsThatLeadToAMachineFromThoseThatLeadToNone() {
    seen(registry, BY_UUID);

    CompletionStage<Claims> lie = registry.seen(BY_SERIAL, NOW, BY_UUID::equals);

    assertThat(join(lie)).isEqualTo(BY_UUID);
  }

  @Test
  void showsOneServerWhatTheOtherHeard() {
    seen(registry, BY_UUID);

    assertThat(seen(second, BY_SERIAL)).isEqualTo(new Claims(ANNA, UUID, SERIAL));
    assertThat(seen(registry, Claims.of(ANNA))).isEqualTo(new Claims(ANNA, UUID, SERIAL));
  }

  @Test
  void carriesOutCallsInTheirOrderAndTellsSoInTheSame() {
    List<String> told = new CopyOnWriteArrayList<>();
    List<CompletionStage<Void>> all =
        IntStream.range(0, 50)
            .mapToObj(
                i ->
                    registry
                        .seen(
                            new Claims(
                                ANNA, Optional.empty(), Optional.of(new SerialNumber("S" + i))),
                            NOW,
                            claims -> true)
                        .thenAccept(kept -> told.add(kept.serial().orElseThrow().text())))
            .toList();
    all.forEach(MachineRegistryContract::join);

    assertThat(told).isEqualTo(IntStream.range(0, 50).mapToObj(i -> "S" + i).toList());
  }

  private static Claims seen(MachineRegistry by, Claims claims) {
    return join(by.seen(claims, NOW, any -> true));
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
