package dev.kiln.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kiln.failure.KilnException;
import java.nio.charset.StandardCharsets;

/**
 * JSON that programs write and read: records in the order of their components, two blanks a level,
 * one line feed at the end; so the same value is always the same bytes. Unknown and repeated keys
 * are refused.
 */
public final class Json {
  private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .defaultPrettyPrinter(
              new DefaultPrettyPrinter().withObjectIndenter(INDENTER).withArrayIndenter(INDENTER))
          .build();

  private Json() {}

  public static byte[] write(Object value) {
    try {
      return (MAPPER.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of ours is always JSON", e);
    }
  }

  /**
   * Reads a document that Kiln wrote.
   *
   * @param name what errors call it
   */
  public static <T> T read(String name, byte[] content, Class<T> type) {
    try {
      return MAPPER.readValue(content, type);
    } catch (java.io.IOException e) {
      String reason =
          e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
      throw new KilnException(
          KilnException.Kind.INPUT,
          name
              + " is not a "
              + type.getSimpleName().toLowerCase(java.util.Locale.ROOT)
              + " that Kiln wrote: "
              + reason,
          "Make it again with the program that wrote it",
          e);
    }
  }
}
