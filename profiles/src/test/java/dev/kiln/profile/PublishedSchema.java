package dev.kiln.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** The published JSON Schema of profiles, as an editor or a validator would use it. */
final class PublishedSchema {
  private static final Path FILE = Path.of("schema/profile.schema.json");
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(document());

  private PublishedSchema() {}

  static JsonNode document() {
    try {
      return new ObjectMapper().readTree(FILE.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Set<ValidationMessage> refusals(Path profile) throws IOException {
    return refusals(Files.readAllBytes(profile));
  }

  static Set<ValidationMessage> refusals(byte[] profile) throws IOException {
    return SCHEMA.validate(YAML.readTree(profile));
  }
}
