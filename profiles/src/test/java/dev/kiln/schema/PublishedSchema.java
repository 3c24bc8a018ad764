package dev.kiln.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.kiln.file.Resource;
import dev.kiln.profile.Profile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** The published JSON Schema of profiles, as an editor or a validator would use it. */
public final class PublishedSchema {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(document());

  private PublishedSchema() {}

  /** The document itself. */
  public static JsonNode document() {
    try {
      return new ObjectMapper()
          .readTree(Resource.bytes(Profile.class, "schema/profile.schema.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it has against a profile; nothing where it takes it. */
  public static Set<ValidationMessage> refusals(Path profile) throws IOException {
    return refusals(Files.readAllBytes(profile));
  }

  /** What it has against a profile; nothing where it takes it. */
  public static Set<ValidationMessage> refusals(byte[] profile) throws IOException {
    return SCHEMA.validate(YAML.readTree(profile));
  }
}
