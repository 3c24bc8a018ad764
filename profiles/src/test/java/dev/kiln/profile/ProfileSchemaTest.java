package dev.kiln.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  void knowsWhatFamiliesKnow() {
    JsonNode schema = PublishedSchema.document();

    assertThat(schema.at("/properties/distribution/properties/name/enum"))
        .extracting(JsonNode::textValue)
        .filteredOn(Objects::nonNull)
        .containsExactlyElementsOf(
            KnownFamilies.ALL.all().stream()
                .flatMap(family -> family.distributions().stream())
                .toList());
    assertThat(KnownFamilies.ALL.keyrings())
        .allSatisfy(
            name ->
                assertThat(name)
                    .containsPattern(
                        schema.at("/$defs/repository/properties/keyring/pattern").textValue()));
  }

  @Test
  void refusesAPathThroughALinkIntoUsr() {
    String pattern = PublishedSchema.document().at("/$defs/image-path/pattern").textValue();

    assertThat("/usr/bin/tool").containsPattern(pattern);
    assertThat(ImagePath.MERGED)
        .allSatisfy(link -> assertThat("/" + link + "/tool").doesNotContainPattern(pattern));
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd", "g++", "0ad", "linux-image-6.1", "x", "-x", "Zstd", "a b", "a/b"})
  void takesThePackageNamesThatSomeFamilyTakes(String name) {
    boolean taken =
        KnownFamilies.ALL.all().stream()
            .anyMatch(family -> catchThrowable(() -> family.packageName(name)) == null);

    assertThat(
            Pattern.compile(
                    PublishedSchema.document().at("/$defs/package-name/pattern").textValue())
                .matcher(name)
                .find())
        .isEqualTo(taken);
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
