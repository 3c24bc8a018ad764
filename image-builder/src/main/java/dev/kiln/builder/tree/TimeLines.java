package dev.kiln.builder.tree;

import dev.kiln.builder.packages.PathTimes;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;

/**
 * What stat(1) says of a path that has its package's time, {@code %y %n}, a line each. All nine
 * digits of a fraction are part of it: what a clock gives is hardly ever a whole second.
 */
final class TimeLines {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.nnnnnnnnn xx", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final PathTimes times;

  TimeLines(PathTimes times) {
    this.times = times;
  }

  /** Writes them; names are the bytes that the packages have. */
  void write(OutputStream out) throws IOException {
    Writer lines = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.ISO_8859_1));
    for (Map.Entry<String, SortedSet<Long>> path : times.byPath().entrySet()) {
      for (long time : path.getValue()) {
        lines.write(FORMAT.format(Instant.ofEpochSecond(time)) + " ./" + path.getKey() + "\n");
      }
    }
    lines.flush();
  }
}
