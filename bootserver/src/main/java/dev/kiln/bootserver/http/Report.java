package dev.kiln.bootserver.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kiln.bootserver.event.Field;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.event.Values;
import java.io.IOException;
import java.util.Optional;

/**
 * One event as cloud-init's webhook reporter posts it ({@code cloudinit/reporting/events.py}); the
 * keys {@code timestamp} and {@code files} are not needed.
 *
 * @param type {@code start} or {@code finish}
 * @param name of the stage or module, such as {@code modules-final}
 * @param result of a finish: {@code SUCCESS}, {@code WARN} or {@code FAIL}
 */
record Report(
    String origin, String type, String name, String description, Optional<String> result) {
  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(8).build())
                  .build())
          .build();

  /** cloud-init's last stage. */
  private static final String FINAL_STAGE = "modules-final";

  /** Reads the body of a request; empty where it is no such event. */
  static Optional<Report> parse(byte[] body) {
    try {
      JsonNode event = JSON.readTree(body);
      if (event == null || !event.path("name").isTextual()) {
        return Optional.empty();
      }
      return Optional.of(
          new Report(
              event.path("origin").asText(""),
              event.path("event_type").asText(""),
              event.path("name").textValue(),
              event.path("description").asText(""),
              Optional.ofNullable(event.path("result").textValue())));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** What the timeline calls it. */
  Step step() {
    return origin.equals("cloudinit") ? Step.CLOUD_INIT : Step.REPORT;
  }

  /** What the timeline has of it. */
  Values values() {
    return Values.of(Field.TYPE, type)
        .and(Field.NAME, name)
        .and(Field.RESULT, result)
        .and(Field.DESCRIPTION, description);
  }

  /** Whether cloud-init says that it is through. */
  boolean finishesBoot() {
    return origin.equals("cloudinit") && type.equals("finish") && name.equals(FINAL_STAGE);
  }

  boolean failed() {
    return result.filter("FAIL"::equals).isPresent();
  }
}
