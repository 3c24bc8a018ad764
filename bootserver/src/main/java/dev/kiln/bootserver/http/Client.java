package dev.kiln.bootserver.http;

import dev.kiln.bootserver.admission.Slots;
import dev.kiln.bootserver.net.IpAddress;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One connection, and until when its client must have done what. On one event loop alone. */
final class Client {
  private final IpAddress sender;
  private final Slots.Slot slot;
  private final boolean welcome;
  private final HttpLimits limits;
  private final Deadline head;
  private final Deadline body;
  private final LateHead late;
  private @Nullable HttpServerRequest reading;
  private int answering;

  /** Who came in, and whether there was a place. */
  record Arrival(IpAddress sender, Slots.Slot slot, boolean welcome) {}

  Client(Vertx vertx, HttpConnection connection, Arrival arrival, HttpLimits limits) {
    this.sender = arrival.sender();
    this.slot = arrival.slot();
    this.welcome = arrival.welcome();
    this.limits = limits;
    this.late = LateHead.on(connection);
    this.head = new Deadline(vertx, late::end);
    this.body = new Deadline(vertx, this::bodyIsLate);
    head.within(limits.head());
  }

  IpAddress sender() {
    return sender;
  }

  /** Whether there is a place for it, and not only for the words that there is none. */
  boolean isWelcome() {
    return welcome;
  }

  /** The head of a request is there. */
  void asks(HttpServerRequest request) {
    head.met();
    answering++;
    boolean hasBody =
        request.headers().contains(HttpHeaders.CONTENT_LENGTH)
            || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    if (hasBody && !request.isEnded()) {
      reading = request;
      body.within(limits.body());
      request.end().onComplete(read -> body.met());
    }
  }

  private void bodyIsLate() {
    HttpServerRequest request = Objects.requireNonNull(reading);
    if (request.response().headWritten()) {
      request.connection().close();
    } else {
      Refusal.send(request, 408, "The body of a request must be there sooner.");
    }
  }

  /** The answer is sent; another request may come. */
  void answered() {
    answering--;
    if (answering == 0) {
      late.answered();
      head.within(limits.idle());
    }
  }

  void gone() {
    // An answer that ends afterwards must start no deadline.
    answering = Integer.MAX_VALUE;
    head.met();
    body.met();
    slot.close();
  }
}
