package dev.kiln.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kiln.schema.PublishedSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProfileSchemaTest {
  @Test
  void acceptsTheProfilesOfTheCatalog() {
    assertThat(Catalog.names())
        .allSatisfy(
            name ->
                assertThat(PublishedSchema.refusals(Path.of("catalog", name + ".yaml")))
                    .as(name)
                    .isEmpty());
  }

  @Test
  void acceptsWhatTheReaderAccepts() throws IOException {
    assertThat(Samples.of("good"))
        .allSatisfy(file -> assertThat(PublishedSchema.refusals(file)).isEmpty());
  }

  @Test
  void refusesEveryMalformedSampleThatTheReaderRefuses() throws IOException {
    assertThat(Samples.of("malformed"))
        .allSatisfy(
            file -> assertThat(PublishedSchema.refusals(file)).as(file.toString()).isNotEmpty());
  }

  @Test
  void leavesRulesAcrossPartsToTheReader() throws IOException {
    assertThat(Samples.of("contradictory"))
        .allSatisfy(
            file -> assertThat(PublishedSchema.refusals(file)).as(file.toString()).isEmpty());
  }

  @Test
  void refusesAPathThroughALinkIntoUsr() {
    String pattern = PublishedSchema.document().at("/$defs/image-path/pattern").textValue();

    assertThat("/usr/bin/tool").containsPattern(pattern);
    assertThat(ImagePath.MERGED)
        .allSatisfy(link -> assertThat("/" + link + "/tool").doesNotContainPattern(pattern));
  }

  @Test
  void describesEveryKey() {
    ObjectNode schema = (ObjectNode) PublishedSchema.document();
    ObjectNode definitions = (ObjectNode) schema.get("$defs");

    List<String> undescribed = new ArrayList<>();
    Stream.concat(
            Stream.of(schema),
            definitions.properties().stream()
                // These say what must be there, of keys that are described elsewhere.
                .filter(definition -> !definition.getKey().startsWith("complete"))
                .map(Map.Entry::getValue))
        .flatMap(shape -> shape.path("properties").properties().stream())
        .filter(key -> !key.getValue().has("description") && !key.getValue().has("$ref"))
        .forEach(key -> undescribed.add(key.getKey()));

    assertThat(undescribed).isEmpty();
  }
}
