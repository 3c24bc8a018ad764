package dev.kiln.bootserver.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InquiryTest {
  private static final Optional<MacAddress> ANNA =
      Optional.of(MacAddress.parse("52:54:00:00:00:0a"));
  private static final Optional<MacAddress> NONE = Optional.empty();

  @Test
  void takesAnAnswerThatWasNotThereBeforeAtOnce() {
    Inquiry inquiry = new Inquiry(NONE, 0);

    assertThat(inquiry.look(NONE, millis(10))).isEmpty();
    assertThat(inquiry.look(ANNA, millis(20))).contains(new Inquiry.Verdict(ANNA));
  }

  @Test
  void findsNobodyWhenTheKernelAskedTwice() {
    Inquiry inquiry = new Inquiry(NONE, 0);

    assertThat(inquiry.look(NONE, millis(1050))).isEmpty();
    assertThat(inquiry.look(NONE, millis(1100))).contains(new Inquiry.Verdict(NONE));
  }

  @Test
  void doubtsWhatWasKnownBefore() {
    Inquiry inquiry = new Inquiry(ANNA, 0);

    assertThat(inquiry.look(ANNA, millis(59_999))).isEmpty();
    assertThat(inquiry.look(ANNA, millis(60_000))).contains(new Inquiry.Verdict(ANNA));
  }

  @Test
  void asksAfreshWhenTheKernelLostWhatWasKnownBefore() {
    Inquiry gone = new Inquiry(ANNA, 0);
    assertThat(gone.look(NONE, millis(8000))).isEmpty();
    assertThat(gone.look(NONE, millis(9099))).isEmpty();
    assertThat(gone.look(NONE, millis(9100))).contains(new Inquiry.Verdict(NONE));

    Inquiry back = new Inquiry(ANNA, 0);
    back.look(NONE, millis(8000));
    assertThat(back.look(ANNA, millis(8010))).contains(new Inquiry.Verdict(ANNA));
  }

  private static long millis(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }
}
