package dev.kiln.document;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.Problem;
import dev.kiln.failure.Shown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * JSON that programs write and read: records in the order of their components, two blanks a level,
 * one line feed at the end; so the same value is always the same bytes. Unknown and repeated keys
 * are refused.
 */
public final class Json {
  private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");

  /** How Jackson says it; the exception has no field for the name. */
  private static final Pattern MISSING_KEY = Pattern.compile("Missing creator property '(\\w+)'");

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
      T value = MAPPER.readValue(content, type);
      if (value == null) {
        throw refuse(name, type, "it is null", null);
      }
      return value;
    } catch (JsonProcessingException e) {
      throw refuse(name, type, reason(e), e);
    } catch (IOException e) {
      throw refuse(name, type, String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Reads a document that Kiln wrote and that says under {@code version} which format it has.
   * Another one is named, and not blamed for keys that this program does not know.
   *
   * @param name what errors call it
   */
  public static <T> T read(String name, byte[] content, Class<T> type, int version) {
    int found = versionOf(content, version);
    if (found != version) {
      throw KilnException.input(
          name + " has format " + found + "; this program reads format " + version,
          "Make it again with this program, or use the one that wrote it");
    }
    return read(name, content, type);
  }

  /**
   * The format that a document says it has.
   *
   * @param otherwise where it says none, or is no document: the strict reader says so better
   */
  public static int versionOf(byte[] content, int otherwise) {
    try (JsonParser parser = MAPPER.createParser(content)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return otherwise;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        JsonToken value = parser.nextToken();
        if (key.equals("version")) {
          return value == JsonToken.VALUE_NUMBER_INT ? parser.getIntValue() : otherwise;
        }
        parser.skipChildren();
      }
      return otherwise;
    } catch (IOException e) {
      return otherwise;
    }
  }

  /** The keys of a document; none where it is no mapping, or no document. */
  public static Set<String> keysOf(byte[] content) {
    try {
      Set<String> keys = new LinkedHashSet<>();
      MAPPER.readTree(content).fieldNames().forEachRemaining(keys::add);
      return keys;
    } catch (IOException e) {
      return Set.of();
    }
  }

  /** Jackson's reason without the names of our classes, which tell a reader nothing. */
  private static String reason(JsonProcessingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "it has an unknown key '" + Shown.of(unknown.getPropertyName()) + "'";
    }
    if (e.getCause() instanceof IllegalArgumentException refusal && refusal.getMessage() != null) {
      return refusal.getMessage();
    }
    if (e.getOriginalMessage().startsWith("Unexpected end-of-input")) {
      return "it ends too early";
    }
    Matcher missing = MISSING_KEY.matcher(e.getOriginalMessage());
    if (missing.lookingAt()) {
      return "it has no key '" + missing.group(1) + "'";
    }
    String firstLine = e.getOriginalMessage().lines().findFirst().orElse("");
    return firstLine.replaceAll("dev\\.kiln\\.[a-z.]*", "");
  }

  private static KilnException refuse(
      String name, Class<?> type, String reason, @Nullable Throwable cause) {
    String words =
        type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    String article = words.matches("[aeiou].*") ? "an " : "a ";
    return new KilnException(
        KilnException.Kind.INPUT,
        List.of(
            Problem.of(
                name + " is not " + article + words + " that Kiln wrote: " + reason,
                "Make it again with the program that wrote it")),
        cause);
  }
}
