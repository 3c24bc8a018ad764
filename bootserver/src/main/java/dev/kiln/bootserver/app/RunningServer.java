package dev.kiln.bootserver.app;

/** A server that answers. */
public final class RunningServer implements AutoCloseable {
  private final Opened opened;
  private final String listening;

  RunningServer(Opened opened, String listening) {
    this.opened = opened;
    this.listening = listening;
  }

  /** What it listens on, for a person: {@code http 10.77.0.1:8080, tftp …}. */
  public String listening() {
    return listening;
  }

  /** Stops answering, writes what waits, and closes the state. */
  @Override
  public void close() {
    opened.close();
  }
}
