package dev.kiln.bootserver.http;

import dev.kiln.bootserver.admission.Budgets;
import dev.kiln.bootserver.admission.Rate;
import dev.kiln.bootserver.admission.Slots;
import java.time.Duration;

/**
 * How much clients can make the server hold, and for how long.
 *
 * @param connections at one time; those beyond are answered 503
 * @param head the head of a connection's first request is there after so long, however it comes
 * @param body the whole body of a request is there after so long, however it comes
 * @param idle a connection on which nothing moves for so long is closed, and one whose client has
 *     not sent the whole head of its next request
 * @param requests how often each address, and all together, may ask
 * @param reports how often each address may report, and how much may be reported of each card
 */
public record HttpLimits(
    Slots.Limits connections,
    Duration head,
    Duration body,
    Duration idle,
    Budgets.Rates requests,
    Budgets.Rates reports) {
  /**
   * What suits a boot network of some thousand machines. One boot of cloud-init makes about 150
   * reports in a minute; a machine that reports in a loop must neither fill the disk nor hide the
   * others.
   */
  public static final HttpLimits USUAL =
      new HttpLimits(
          new Slots.Limits(4_096, 3_072, 256),
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Budgets.Rates.ofSenders(new Rate(20_000, 5_000), new Rate(100_000, 50_000)),
          new Budgets.Rates(new Rate(400, 5), new Rate(800, 10), new Rate(20_000, 1_000)));
}
