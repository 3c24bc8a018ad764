package dev.kiln.bootserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecentlyReadTest {
  private static final Path FILE = Path.of("/srv/a");

  private long now = Long.MAX_VALUE - 1_000;
  private final RecentlyRead recent = new RecentlyRead(() -> now);

  @Test
  void knowsWhatWasReadAMomentAgo() {
    recent.add(FILE, 1 << 20);

    assertThat(recent.has(FILE, 1 << 20)).isTrue();
    assertThat(recent.has(FILE, 0)).isFalse();
    assertThat(recent.has(Path.of("/srv/b"), 1 << 20)).isFalse();
    now += Duration.ofSeconds(5).toNanos();
    assertThat(recent.has(FILE, 1 << 20)).isFalse();
  }

  @Test
  void remembersSoManyOnlyAndForgetsThoseOfLongAgo() {
    for (int at = 0; at < 100_000; at++) {
      recent.add(FILE, at);
    }
    recent.add(FILE, 100_000);
    assertThat(recent.has(FILE, 100_000)).isFalse();

    now += Duration.ofMinutes(1).toNanos();
    recent.add(FILE, 100_000);

    assertThat(recent.has(FILE, 100_000)).isTrue();
  }
}
