package dev.kiln.builder.fetch;

import dev.kiln.builder.cache.BlobWriter;
import dev.kiln.builder.fetch.FailedAttempt.Reason;
import dev.kiln.builder.progress.Bar;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;

/** Brings one download into the cache, from the first of its addresses that gives it. */
final class Transfer {
  /** Where nobody said how large something is. */
  private static final long MAX_UNKNOWN_SIZE = 8L << 30;

  private final Download download;
  private final Sources sources;
  private final Attempts attempts;
  private final Bar bar;
  private long shown;

  Transfer(Download download, Sources sources, Patience patience, Bar bar) {
    this.download = download;
    this.sources = sources;
    this.attempts = new Attempts(download.label(), sources, patience);
    this.bar = bar;
  }

  /** Fills the blob, or throws what every address had to say. */
  void fill(BlobWriter writer) throws IOException {
    show(writer);
    attempts.first(
        download.addresses(),
        download.lastResort(),
        address -> {
          fetch(address, writer);
          return writer;
        });
  }

  private void fetch(URI address, BlobWriter writer) throws IOException, InterruptedException {
    if (isComplete(writer)) {
      return;
    }
    if (download.size().isPresent() && writer.position() >= download.size().getAsLong()) {
      restart(writer);
    }
    boolean resumed = writer.position() > 0;
    copy(address, writer);
    if (resumed && !isComplete(writer)) {
      // What was taken up may have been wrong: once more, from the first byte.
      restart(writer);
      copy(address, writer);
    }
    if (!isComplete(writer)) {
      String came = writer.digest().toString();
      restart(writer);
      throw new FailedAttempt(
          Reason.WRONG_CONTENT, "gives other bytes: " + came + ", not " + download.digest());
    }
  }

  private void copy(URI address, BlobWriter writer) throws IOException, InterruptedException {
    try (Body body = sources.open(address, writer.position())) {
      if (body.from() != writer.position()) {
        restart(writer);
      }
      requireSize(body, writer);
      byte[] buffer = new byte[1 << 16];
      for (int n = read(body, buffer); n >= 0; n = read(body, buffer)) {
        requireRoom(n, writer);
        writer.write(ByteBuffer.wrap(buffer, 0, n));
        show(writer);
      }
      requireEnd(body, writer);
    }
  }

  private static int read(Body body, byte[] buffer) throws FailedAttempt {
    try {
      return body.bytes().read(buffer);
    } catch (IOException e) {
      throw ConnectionFailures.explain(e);
    }
  }

  private void requireSize(Body body, BlobWriter writer) throws IOException {
    if (body.total().isPresent()
        && download.size().isPresent()
        && body.total().getAsLong() != download.size().getAsLong()) {
      restart(writer);
      throw new FailedAttempt(
          Reason.WRONG_CONTENT,
          "has " + body.total().getAsLong() + " bytes, not " + download.size().getAsLong());
    }
  }

  private void requireRoom(int more, BlobWriter writer) throws IOException {
    long limit = download.size().orElse(MAX_UNKNOWN_SIZE);
    if (writer.position() + more > limit) {
      restart(writer);
      throw new FailedAttempt(Reason.WRONG_CONTENT, "gives more than " + limit + " bytes");
    }
  }

  private void requireEnd(Body body, BlobWriter writer) throws FailedAttempt {
    long end = download.size().orElse(body.total().orElse(0));
    if (writer.position() < end) {
      throw new FailedAttempt(
          Reason.PASSING, "broke off after " + writer.position() + " of " + end + " bytes");
    }
  }

  private boolean isComplete(BlobWriter writer) {
    return writer.digest().equals(download.digest());
  }

  private void restart(BlobWriter writer) throws IOException {
    writer.restart();
    show(writer);
  }

  private void show(BlobWriter writer) {
    bar.advance(writer.position() - shown);
    shown = writer.position();
  }
}
