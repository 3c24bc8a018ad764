package dev.kiln.document;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.kiln.document.Node.Entry;
import dev.kiln.document.Node.Mapping;
import dev.kiln.document.Node.Scalar;
import dev.kiln.document.Node.ScalarType;
import dev.kiln.document.Node.Sequence;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.Position;
import dev.kiln.failure.Problem;
import dev.kiln.failure.Shown;
import dev.kiln.file.InputFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads one YAML (or JSON) document of at most 1 MiB and 32 levels. Anchors, aliases and tags are
 * refused: they make a small file large, and a person who reads it must follow them.
 */
public final class YamlReader {
  /** Bytes; a profile has a few thousand. */
  public static final int MAX_SIZE = 1 << 20;

  private static final int MAX_DEPTH = 32;

  private static final Pattern CLASS = Pattern.compile("[a-z]+([.][a-z]+)+[.][A-Z]");

  private static final YAMLFactory FACTORY =
      YAMLFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  private final String file;

  private YamlReader(String file) {
    this.file = file;
  }

  public static Node read(Path file) {
    return read(file, new InputFiles());
  }

  /**
   * Reads a document.
   *
   * @param inputs is told of what was read
   */
  public static Node read(Path file, InputFiles inputs) {
    try {
      long size = Files.size(file);
      if (size > MAX_SIZE) {
        throw KilnException.input(
            file + " has " + size + " bytes; a document has at most " + MAX_SIZE,
            "Check that this is the file you meant");
      }
      byte[] content = Files.readAllBytes(file);
      inputs.read(file, content);
      return read(file.toString(), content);
    } catch (NoSuchFileException e) {
      throw new KilnException(
          KilnException.Kind.INPUT, "there is no file " + file, "Check the path", e);
    } catch (IOException e) {
      throw KilnException.io("read " + file, e);
    }
  }

  /**
   * Reads a document already in memory.
   *
   * @param name what positions call it
   */
  public static Node read(String name, byte[] content) {
    if (content.length > MAX_SIZE) {
      throw KilnException.input(name + " has more than " + MAX_SIZE + " bytes", "Make it smaller");
    }
    return new YamlReader(name).readDocument(content);
  }

  private Node readDocument(byte[] content) {
    refuseOtherBytesThanText(content);
    try (YAMLParser parser = FACTORY.createParser(content)) {
      if (parser.nextToken() == null) {
        throw refuse(1, "the document is empty", "Write a mapping of keys and values");
      }
      Node root = readNode(parser);
      if (parser.nextToken() != null) {
        throw refuse(line(parser), "a second document starts here", "Keep one document a file");
      }
      return root;
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
      if (e instanceof StreamConstraintsException) {
        throw refuse(line, "it has more than " + MAX_DEPTH + " levels", "Write it flatter");
      }
      throw refuse(line, firstLine(e), "Mend the YAML syntax");
    } catch (IOException e) {
      throw KilnException.io("read " + file, e);
    }
  }

  private void refuseOtherBytesThanText(byte[] content) {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    CoderResult read =
        StandardCharsets.UTF_8
            .newDecoder()
            .decode(bytes, CharBuffer.allocate(content.length), true);
    if (read.isError()) {
      String before = new String(content, 0, bytes.position(), StandardCharsets.UTF_8);
      throw refuse(
          (int) before.chars().filter(c -> c == '\n').count() + 1,
          "this is no text in UTF-8",
          "Save the file in UTF-8");
    }
  }

  private Node readNode(YAMLParser parser) throws IOException {
    refuseIndirection(parser);
    JsonToken token = parser.currentToken();
    Position here = new Position(file, line(parser));
    return switch (token) {
      case START_OBJECT -> readMapping(parser, here);
      case START_ARRAY -> readSequence(parser, here);
      case VALUE_STRING -> new Scalar(here, ScalarType.TEXT, parser.getText());
      case VALUE_NUMBER_INT -> new Scalar(here, ScalarType.INTEGER, parser.getText());
      case VALUE_NUMBER_FLOAT -> new Scalar(here, ScalarType.DECIMAL, parser.getText());
      case VALUE_TRUE, VALUE_FALSE -> new Scalar(here, ScalarType.BOOLEAN, parser.getText());
      case VALUE_NULL -> new Scalar(here, ScalarType.NULL, "");
      default -> throw new JsonParseException(parser, "unexpected " + token);
    };
  }

  private Mapping readMapping(YAMLParser parser, Position here) throws IOException {
    Map<String, Entry> entries = new LinkedHashMap<>();
    List<Problem> repeated = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      Position keyPosition = new Position(file, line(parser));
      parser.nextToken();
      Entry previous = entries.put(key, new Entry(keyPosition, readNode(parser)));
      if (previous != null) {
        repeated.add(
            Problem.at(
                keyPosition,
                "'"
                    + Shown.of(key)
                    + "' stands here a second time, first in line "
                    + previous.position().line(),
                "Keep one of the two"));
      }
    }
    if (!repeated.isEmpty()) {
      throw new KilnException(KilnException.Kind.INPUT, repeated, null);
    }
    return new Mapping(here, entries);
  }

  private Sequence readSequence(YAMLParser parser, Position here) throws IOException {
    List<Node> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(readNode(parser));
    }
    return new Sequence(here, items);
  }

  private void refuseIndirection(YAMLParser parser) throws IOException {
    if (parser.isCurrentAlias() || parser.getObjectId() != null) {
      throw refuse(
          line(parser), "anchors and aliases (& and *) are not read", "Write the value out");
    }
    if (parser.getTypeId() != null) {
      throw refuse(
          line(parser), "tags (!" + parser.getTypeId() + ") are not read", "Leave the tag out");
    }
  }

  private KilnException refuse(int line, String what, String mend) {
    return new KilnException(
        KilnException.Kind.INPUT, List.of(Problem.at(new Position(file, line), what, mend)), null);
  }

  private static int line(JsonParser parser) {
    return Math.max(1, parser.currentTokenLocation().getLineNr());
  }

  /** Of what the parser says: some of it names its own classes, which tell a reader nothing. */
  private static String firstLine(JsonProcessingException e) {
    String line = e.getOriginalMessage().lines().findFirst().orElse("");
    return CLASS.matcher(line).find() ? "something stands here that YAML has no place for" : line;
  }
}
