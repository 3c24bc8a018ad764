package dev.kiln.bootserver.net;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A real program that a test runs; what it prints is read line by line. */
public final class TestProcess implements AutoCloseable {
  /** Far beyond what any of them takes, also on a busy machine. */
  private static final long DEADLINE_SECONDS = 120;

  private static final String ENDED = "\0";

  private final List<String> command;
  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final StringBuilder output = new StringBuilder();
  private volatile boolean closed;

  private TestProcess(List<String> command) throws IOException {
    this.command = command;
    this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
    Thread reader = new Thread(this::read, command.get(0));
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts a program. */
  public static TestProcess start(String... command) throws IOException {
    return new TestProcess(List.of(command));
  }

  /** Runs a program to its end, which must be a good one, and returns what it printed. */
  public static String run(String... command) throws IOException, InterruptedException {
    try (TestProcess process = start(command)) {
      int code = process.end();
      if (code != 0) {
        throw new AssertionError(process + " ended with " + code + "\n" + process.output);
      }
      return process.output.toString();
    }
  }

  /** Waits for a line and returns it. */
  public String line(Predicate<String> wanted) throws InterruptedException {
    while (true) {
      String line = lines.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
      if (line == null || line.equals(ENDED)) {
        throw new AssertionError(this + " never printed the line. It printed:\n" + output);
      }
      if (wanted.test(line)) {
        return line;
      }
    }
  }

  /** Waits for the end and returns the exit code. */
  public int end() throws InterruptedException {
    if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError(this + " does not end. It printed:\n" + output);
    }
    String last = "";
    while (!last.equals(ENDED)) {
      last = String.valueOf(lines.poll(DEADLINE_SECONDS, TimeUnit.SECONDS));
    }
    return process.exitValue();
  }

  /** Sends a signal by its name: {@code USR1}. */
  public void signal(String name) throws IOException, InterruptedException {
    run("kill", "-" + name, Long.toString(process.pid()));
  }

  /** All that was printed so far. */
  public String output() {
    synchronized (output) {
      return output.toString();
    }
  }

  private void read() {
    try (BufferedReader in = process.inputReader()) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        synchronized (output) {
          output.append(line).append('\n');
        }
        lines.add(line);
      }
    } catch (IOException e) {
      // Ending a process closes the stream that is being read.
      if (!closed) {
        throw new UncheckedIOException(e);
      }
    } finally {
      lines.add(ENDED);
    }
  }

  @Override
  public String toString() {
    return "'" + String.join(" ", command) + "'";
  }

  @Override
  public void close() {
    closed = true;
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
