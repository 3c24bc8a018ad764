package dev.kiln.bootserver.http;

import dev.kiln.bootserver.event.Field;
import dev.kiln.bootserver.event.Values;
import dev.kiln.bootserver.health.Breakdown;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sends a file, from disk as {@link SendFromDisk} does, and answers conditions (RFC 9110 section
 * 13) and single ranges (section 14). It never redirects: UEFI firmware does not follow.
 */
final class SendFile {
  /** Bytes that are written at once of what is in memory. */
  private static final int PIECE = 64 * 1024;

  private final SendFromDisk fromDisk = new SendFromDisk();
  private final RequestLog requests;
  private final FileSteps steps;

  /**
   * Makes a sender.
   *
   * @param steps of the events that it records
   */
  SendFile(RequestLog requests, FileSteps steps) {
    this.requests = requests;
    this.steps = steps;
  }

  void send(RoutingContext context, ServedFile file) {
    HttpServerResponse response = context.response();
    response
        .putHeader(HttpHeaders.ETAG, file.etag())
        .putHeader(HttpHeaders.CACHE_CONTROL, file.caching())
        .putHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
    if (isKnown(context.request().getHeader(HttpHeaders.IF_NONE_MATCH), file.etag())) {
      response.setStatusCode(304).end();
      return;
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, "application/octet-stream");
    ByteRange range = range(context, file);
    if (range instanceof ByteRange.Unsatisfiable) {
      response.putHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + file.size());
      PlainText.send(context, 416, file.name() + " has " + file.size() + " bytes.");
    } else if (range instanceof ByteRange.Part part) {
      response
          .setStatusCode(206)
          .putHeader(
              HttpHeaders.CONTENT_RANGE,
              "bytes " + part.first() + "-" + part.last() + "/" + file.size());
      body(context, file, part.first(), part.length());
    } else {
      body(context, file, 0, file.size());
    }
  }

  /** A range counts for GET only, and where the client's part is of this very file. */
  private static ByteRange range(RoutingContext context, ServedFile file) {
    String condition = context.request().getHeader("If-Range");
    boolean applies =
        context.request().method().equals(HttpMethod.GET)
            && (condition == null || condition.equals(file.etag()));
    return applies
        ? ByteRange.of(context.request().getHeader("Range"), file.size())
        : new ByteRange.Whole();
  }

  private void body(RoutingContext context, ServedFile file, long from, long length) {
    HttpServerResponse response = context.response();
    response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(length));
    if (context.request().method().equals(HttpMethod.HEAD)) {
      requests.by(context, steps.size(), Values.of(Field.FILE, file.name()));
      response.end();
      return;
    }
    Instant start = requests.clock().instant();
    content(context, file.content(), from, length)
        .onComplete(
            sent -> {
              Duration time = Duration.between(start, requests.clock().instant());
              requests.by(
                  context,
                  sent.succeeded() ? steps.whole() : steps.aborted(),
                  Values.of(Field.FILE, file.name())
                      .and(Field.BYTES, length)
                      .and(Field.MILLIS, time.toMillis()));
              if (sent.failed()) {
                Breakdown.reportIfError(sent.cause());
                giveUp(context);
              }
            });
  }

  private Future<Void> content(
      RoutingContext context, ServedFile.Content content, long from, long length) {
    if (content instanceof ServedFile.OnDisk disk) {
      return fromDisk.send(context, disk.path(), from, length);
    }
    ByteBuffer octets = ((ServedFile.InMemory) content).program().octets();
    octets.limit((int) (from + length)).position((int) from);
    return pieces(context.response(), octets);
  }

  /** A piece at a time: the network's buffers are direct memory, of which there is little. */
  private static Future<Void> pieces(HttpServerResponse response, ByteBuffer octets) {
    byte[] piece = new byte[Math.min(PIECE, octets.remaining())];
    octets.get(piece);
    return octets.hasRemaining()
        ? response.write(Buffer.buffer(piece)).compose(written -> pieces(response, octets))
        : response.end(Buffer.buffer(piece));
  }

  /** A file that went away since the last scan is none; half a file ends with its connection. */
  private static void giveUp(RoutingContext context) {
    HttpServerResponse response = context.response();
    if (response.headWritten()) {
      context.request().connection().close();
    } else {
      response.headers().clear();
      PlainText.send(context, 404, "This file is no longer here.");
    }
  }

  /** If-None-Match compares weakly (section 13.1.2). */
  private static boolean isKnown(@Nullable String header, String etag) {
    return header != null
        && (header.strip().equals("*")
            || Arrays.stream(header.split(","))
                .map(tag -> tag.strip().replaceFirst("^W/", ""))
                .anyMatch(etag::equals));
  }
}
