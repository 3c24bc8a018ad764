package dev.kiln.builder.sandbox;

import dev.kiln.failure.KilnException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a command's standard input from a thread of its own, and keeps what went wrong with it.
 */
final class Feeder extends Thread {
  private final Sandbox.Input input;
  private final Pipe pipe;
  private volatile @Nullable Throwable failure;

  Feeder(Sandbox.Input input, OutputStream commandsInput) {
    super("sandbox-input");
    this.input = input;
    this.pipe = new Pipe(commandsInput);
  }

  @Override
  public void run() {
    try {
      input.writeTo(pipe);
    } catch (Throwable e) {
      // A command that ends before it read everything tells by its exit status.
      failure = pipe.broken ? null : e;
    }
    try {
      pipe.close();
    } catch (IOException e) {
      // The same: it ended before it read everything.
    }
  }

  /**
   * Waits until all is written.
   *
   * @throws KilnException when the input could not be made: the command saw the beginning of it and
   *     may have taken that for the whole
   */
  void finish() throws InterruptedException {
    join();
    Throwable cause = failure;
    if (cause instanceof KilnException known) {
      throw known;
    }
    if (cause instanceof IOException e) {
      throw KilnException.io("read what a command in the sandbox is given", e);
    }
    if (cause != null) {
      throw new IllegalStateException("the input of a command could not be made", cause);
    }
  }

  /** Knows whether it was the command's end of the pipe that failed. */
  private static final class Pipe extends FilterOutputStream {
    private boolean broken;

    Pipe(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        broken = true;
        throw e;
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        out.flush();
      } catch (IOException e) {
        broken = true;
        throw e;
      }
    }
  }
}
