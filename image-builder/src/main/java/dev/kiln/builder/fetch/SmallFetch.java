package dev.kiln.builder.fetch;

import dev.kiln.builder.fetch.FailedAttempt.Reason;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** Reads something small into memory. */
final class SmallFetch {
  private final Sources sources;
  private final Attempts attempts;
  private final int maxBytes;

  SmallFetch(String label, Sources sources, Patience patience, int maxBytes) {
    this.sources = sources;
    this.attempts = new Attempts(label, sources, patience);
    this.maxBytes = maxBytes;
  }

  SmallAnswer ask(URI address, boolean othersFollow) throws IOException {
    Addresses.requireSupported(address);
    Optional<byte[]> given = attempts.ifThere(address, othersFollow, this::read);
    return given.<SmallAnswer>map(SmallAnswer.Given::new).orElseGet(attempts::missing);
  }

  private byte[] read(URI address) throws IOException, InterruptedException {
    try (Body body = sources.open(address, 0)) {
      byte[] content = content(body);
      if (content.length > maxBytes) {
        throw new FailedAttempt(
            Reason.WRONG_CONTENT, "gives more than the " + maxBytes + " bytes that are allowed");
      }
      return content;
    }
  }

  private byte[] content(Body body) throws FailedAttempt {
    try {
      byte[] content = body.bytes().readNBytes(maxBytes + 1);
      long end = body.total().orElse(0);
      if (content.length < end && content.length <= maxBytes) {
        throw new FailedAttempt(
            Reason.PASSING, "broke off after " + content.length + " of " + end + " bytes");
      }
      return content;
    } catch (IOException e) {
      throw ConnectionFailures.explain(e);
    }
  }
}
