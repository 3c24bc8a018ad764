package dev.kiln.bootserver.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kiln.bootserver.event.Event;
import dev.kiln.bootserver.event.EventText;
import dev.kiln.bootserver.event.StoredEvent;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Prints events, one a line. */
@FunctionalInterface
interface TimelinePrinter {
  void print(StoredEvent stored, BootProgress progress);

  /** For a person: seconds since the boot began, the step, what it was. */
  static TimelinePrinter text(PrintWriter out) {
    DateTimeFormatter time =
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);
    return (stored, progress) -> {
      Event event = stored.event();
      if (progress.begun()) {
        out.println("boot of " + time.format(event.at()));
      }
      out.printf(
          "%s  %-16s %s%s%s%n",
          seconds(progress.elapsed()),
          event.step().label(),
          EventText.of(stored),
          event.claimed() ? " (claimed)" : "",
          stored.times() > 1
              ? ", last at " + seconds(progress.elapsed(stored.last())).strip()
              : "");
      out.flush();
    };
  }

  private static String seconds(Duration elapsed) {
    return String.format(Locale.ROOT, "%+9.1fs", elapsed.toMillis() / 1000.0);
  }

  /** For programs: one JSON object a line. */
  static TimelinePrinter json(PrintWriter out) {
    JsonMapper mapper = JsonMapper.builder().build();
    return (stored, progress) -> {
      Event event = stored.event();
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("at", event.at().toString());
      event.mac().ifPresent(mac -> line.put("mac", mac.toString()));
      line.put("boot", stored.boot());
      line.put("elapsedMillis", progress.elapsed().toMillis());
      line.put("step", event.step().label());
      line.put("values", values(event));
      line.put("detail", EventText.of(stored));
      line.put("claimed", event.claimed());
      line.put("times", stored.times());
      line.put("last", stored.last().toString());
      try {
        out.println(mapper.writeValueAsString(line));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("an event is always JSON", e);
      }
      out.flush();
    };
  }

  private static Map<String, String> values(Event event) {
    Map<String, String> values = new LinkedHashMap<>();
    event.values().byField().forEach((field, value) -> values.put(field.label(), value));
    return values;
  }
}
