package dev.kiln.bootserver.store.sqlite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kiln.bootserver.event.Field;
import dev.kiln.bootserver.event.Values;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** An event's values as one column: a JSON object, which SQLite can look into. */
final class ValuesColumn {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ValuesColumn() {}

  static String write(Values values) {
    Map<String, String> named = new LinkedHashMap<>();
    values.byField().forEach((field, value) -> named.put(field.label(), value));
    try {
      return JSON.writeValueAsString(named);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts are always JSON", e);
    }
  }

  static Values read(String column) throws SQLException {
    try {
      JsonNode object = JSON.readTree(column);
      Map<Field, String> values = new EnumMap<>(Field.class);
      for (Map.Entry<String, JsonNode> value : object.properties()) {
        Field field =
            Field.named(value.getKey())
                .orElseThrow(() -> new SQLException("no event has a '" + value.getKey() + "'"));
        values.put(field, value.getValue().asText());
      }
      return new Values(values);
    } catch (JsonProcessingException e) {
      throw new SQLException("the values of an event are no JSON", e);
    }
  }
}
