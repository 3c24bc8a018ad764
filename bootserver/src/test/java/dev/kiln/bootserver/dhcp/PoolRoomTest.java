package dev.kiln.bootserver.dhcp;

import static dev.kiln.bootserver.dhcp.LabSettings.lab;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.kiln.bootserver.lease.AddressPool;
import dev.kiln.bootserver.lease.ClientId;
import dev.kiln.bootserver.lease.TestClock;
import dev.kiln.bootserver.net.MacAddress;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class PoolRoomTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(PoolRoom.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final TestClock clock = new TestClock();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AddressPool pool = lab().pool("10.77.0.100-10.77.0.139").addresses();
  private final PoolRoom room = new PoolRoom(pool, new DhcpMetrics(registry));

  @BeforeEach
  void listen() {
    log.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(log);
  }

  @AfterEach
  void listenNoMore() {
    logger.detachAppender(log);
    logger.setLevel(null);
  }

  @Test
  void saysOnceThatThePoolIsExhaustedAndOnceThatItHasRoomAgain() {
    offer(1, 39);
    refuse();
    assertThat(log.list).isEmpty();

    offer(40, 40);
    refuse();
    refuse();
    room.look(clock.instant());
    assertThat(log.list)
        .singleElement()
        .asString()
        .contains("none of its 40 addresses is free", "dhcp.pool", "dhcp.leaseTime");

    clock.pass(Duration.ofSeconds(61));
    room.look(clock.instant());
    room.look(clock.instant());
    assertThat(log.list).hasSize(2);
    assertThat(log.list.get(1).getFormattedMessage())
        .isEqualTo("The DHCP pool has room again: 40 of 40 addresses are free.");
  }

  @Test
  void doesNotSayItAtEveryLeaseOfAFullPool() {
    offer(1, 40);
    refuse();

    pool.withdraw(ClientId.of(new MacAddress(1)));
    room.look(clock.instant());
    offer(1, 1);
    refuse();

    assertThat(log.list).hasSize(1);
  }

  @Test
  void showsHowFullThePoolIs() {
    offer(1, 3);
    room.look(clock.instant());

    assertThat(addresses("used")).isEqualTo(3);
    assertThat(addresses("free")).isEqualTo(37);
  }

  private double addresses(String state) {
    return registry.get("kiln.dhcp.pool.addresses").tag("state", state).gauge().value();
  }

  private void refuse() {
    room.refused(clock.instant());
  }

  private void offer(int from, int to) {
    for (int number = from; number <= to; number++) {
      pool.offer(ClientId.of(new MacAddress(number)), Optional.empty(), clock.instant());
    }
  }
}
