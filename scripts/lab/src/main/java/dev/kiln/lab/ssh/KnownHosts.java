package dev.kiln.lab.ssh;

import dev.kiln.failure.KilnException;
import dev.kiln.file.AtomicFile;
import dev.kiln.lab.console.Console;
import dev.kiln.lab.console.Line;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Keeps a {@code known_hosts} file that has the keys each machine's console showed last. */
public final class KnownHosts {
  private final Path file;
  private final Map<String, HostKeys> machines = new TreeMap<>();

  public KnownHosts(Path file) {
    this.file = file;
  }

  /**
   * Reads a console from now on. A machine without a disk has other keys after each boot.
   *
   * @param address the machine's
   */
  public void follow(String address, Console console) {
    console.listen(new Reader(address));
  }

  private synchronized void put(String address, HostKeys keys) {
    machines.put(address, keys);
    StringBuilder text = new StringBuilder();
    machines.forEach((machine, known) -> text.append(known.knownHosts(machine)));
    try {
      AtomicFile.write(file, text.toString().getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw KilnException.io("write " + file, e);
    }
  }

  /** Collects the lines between the two markers. */
  private final class Reader implements Consumer<Line> {
    private static final int MOST_LINES = 1000;

    private final String address;
    private final List<String> lines = new ArrayList<>();

    private Reader(String address) {
      this.address = address;
    }

    @Override
    public void accept(Line line) {
      if (line.text().contains(HostKeys.BEGIN) || lines.size() > MOST_LINES) {
        lines.clear();
      }
      lines.add(line.text());
      if (line.text().contains(HostKeys.END)) {
        put(address, HostKeys.of(lines));
        lines.clear();
      }
    }
  }
}
