package dev.kiln.lab.console;

import dev.kiln.failure.KilnException;
import dev.kiln.lab.process.Interruption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What one process prints, line by line with its time: kept in a file, the last lines in memory,
 * and waited on. Safe for use by many threads.
 */
public final class Console {
  private static final int KEPT_LINES = 20_000;
  private static final int TAIL = 60;

  private final String name;
  private final Path file;
  private final FatalLines fatal;
  private final long start = System.nanoTime();
  private final List<Line> lines = new ArrayList<>();
  private long dropped;
  private Consumer<Line> listener = line -> {};
  private boolean ended;

  private Console(String name, Path file, FatalLines fatal) {
    this.name = name;
    this.file = file;
    this.fatal = fatal;
  }

  /**
   * Reads from now on, on a thread of its own, until the stream ends; time counts from now.
   *
   * @param name of the machine or server, for messages
   * @param file where the lines go; replaced where it exists
   * @param fatal lines after which nothing good can follow
   */
  public static Console follow(String name, InputStream stream, Path file, FatalLines fatal) {
    Console console = new Console(name, file, fatal);
    Thread reader = new Thread(() -> console.read(stream), "console of " + name);
    reader.setDaemon(true);
    reader.start();
    return console;
  }

  /** Hands each line read from now on to a listener, on the reading thread. */
  public synchronized void listen(Consumer<Line> next) {
    listener = next;
  }

  /**
   * Waits for a line, and returns it at once where it has been printed before.
   *
   * @param limit how long to wait, counted from now
   * @throws KilnException when the time is over, the process has ended, or a fatal line has come;
   *     with the last lines in its message
   */
  public Line awaitLine(Pattern pattern, Duration limit) {
    return await(pattern, limit, 0);
  }

  /** As {@link #awaitLine}, but of the lines that came after one that was awaited before. */
  public Line awaitLineAfter(Line earlier, Pattern pattern, Duration limit) {
    return await(pattern, limit, indexOf(earlier) + 1);
  }

  private Line await(Pattern pattern, Duration limit, long from) {
    try {
      return waitFor(pattern, limit, from);
    } catch (InterruptedException e) {
      throw Interruption.of(e, "waiting for " + name);
    }
  }

  private synchronized Line waitFor(Pattern pattern, Duration limit, long from)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    long seen = from;
    while (true) {
      for (Line line : linesSince(seen)) {
        if (pattern.matcher(line.text()).find()) {
          return line;
        }
        if (fatal.has(line)) {
          throw failure("failed before it printed '" + pattern + "': " + line.text());
        }
      }
      seen = dropped + lines.size();
      if (ended) {
        throw failure("ended before it printed '" + pattern + "'");
      }
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw failure("did not print '" + pattern + "' within " + limit.toSeconds() + " s");
      }
      wait(left);
    }
  }

  /** The first line kept that has the pattern somewhere in it. */
  public synchronized Optional<Line> find(Pattern pattern) {
    return lines.stream().filter(line -> pattern.matcher(line.text()).find()).findFirst();
  }

  public synchronized List<Line> lines() {
    return List.copyOf(lines);
  }

  private synchronized long indexOf(Line line) {
    return dropped + lines.indexOf(line);
  }

  private List<Line> linesSince(long count) {
    return lines.subList((int) Math.max(0, count - dropped), lines.size());
  }

  private KilnException failure(String what) {
    String tail =
        linesSince(dropped + lines.size() - TAIL).stream()
            .map(Line::toString)
            .collect(Collectors.joining("\n"));
    return KilnException.dependency(
        name + " " + what, "Read its console, " + file + ", which ends so:\n" + tail + "\n");
  }

  private void read(InputStream stream) {
    try (StampedLog log = new StampedLog(file)) {
      LineSplitter splitter = new LineSplitter(text -> add(text, log));
      byte[] buffer = new byte[8192];
      for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
        splitter.accept(buffer, n);
      }
      splitter.end();
    } catch (IOException e) {
      add("(the console can be read no more: " + KilnException.reason(e) + ")");
    } finally {
      end();
    }
  }

  private void add(String text, StampedLog log) {
    Line line = add(text);
    try {
      log.write(line.toString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private synchronized Line add(String text) {
    Line line = new Line(Duration.ofNanos(System.nanoTime() - start), text);
    lines.add(line);
    if (lines.size() > 2 * KEPT_LINES) {
      lines.subList(0, KEPT_LINES).clear();
      dropped += KEPT_LINES;
    }
    notifyAll();
    listener.accept(line);
    return line;
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }
}
