package dev.kiln.builder.sandbox;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * How long others' commands may say nothing: whoever waits is told of each minute, and after two
 * hours the command is ended. A build may compile for long without a word; what sleeps says nothing
 * either.
 */
public final class Silence {
  private final Consumer<String> words;
  private final Duration each;
  private final Duration longest;

  /**
   * Of any length.
   *
   * @param words are told of each further time {@code each} in which nothing was said
   * @param longest after this the command is ended
   */
  Silence(Consumer<String> words, Duration each, Duration longest) {
    this.words = words;
    this.each = each;
    this.longest = longest;
  }

  /** The usual one. */
  public static Silence telling(Consumer<String> words) {
    return new Silence(words, Duration.ofMinutes(1), Duration.ofHours(2));
  }

  /** For Kiln's own tools, which end by themselves and say nothing on the way. */
  static Silence forEver() {
    return new Silence(words -> {}, Duration.ofDays(1), Duration.ofDays(365));
  }

  /** Watches a process that prints lines. */
  Watch over(Process process, Consumer<String> lines) {
    return new Watch(process, lines);
  }

  /** Hears each line of one process. */
  final class Watch implements Consumer<String>, AutoCloseable {
    private final Process process;
    private final Consumer<String> lines;
    private volatile String last = "";
    private volatile long since = System.nanoTime();
    private volatile boolean ended;
    private volatile boolean closed;

    private Watch(Process process, Consumer<String> lines) {
      this.process = process;
      this.lines = lines;
      lookIn(each);
    }

    private void lookIn(Duration delay) {
      CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS).execute(this::look);
    }

    @Override
    public void accept(String line) {
      last = line;
      since = System.nanoTime();
      lines.accept(line);
    }

    private void look() {
      if (closed) {
        return;
      }
      Duration silent = Duration.ofNanos(System.nanoTime() - since);
      if (silent.compareTo(longest) >= 0) {
        ended = true;
        process.destroyForcibly();
      } else if (silent.compareTo(each) >= 0) {
        words.accept(
            "nothing was said for "
                + silent.toSeconds()
                + " s"
                + (last.isEmpty() ? "" : "; the last line was: " + last));
        lookIn(each);
      } else {
        lookIn(each.minus(silent));
      }
    }

    /** The end of what was said, with a line more where it was the watch that ended it. */
    String end(String output) {
      return ended
          ? output + "it was ended: it had said nothing for " + longest.toSeconds() + " s\n"
          : output;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
