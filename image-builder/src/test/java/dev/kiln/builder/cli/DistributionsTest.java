package dev.kiln.builder.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kiln.profile.Catalog;
import dev.kiln.profile.FamilyRules;
import dev.kiln.profile.KnownFamilies;
import dev.kiln.schema.PublishedSchema;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * That what comes with Kiln goes with every family that there is: another one is seen here first.
 */
class DistributionsTest {
  private static final KnownFamilies FAMILIES = Distributions.known().rules();

  @Test
  void canBeHeldToEveryProfileOfTheCatalog() {
    Catalog catalog = new Catalog(FAMILIES);

    assertThat(Catalog.names())
        .isNotEmpty()
        .allSatisfy(name -> assertThat(catalog.find(name).name()).isEqualTo(name));
  }

  @Test
  void haveTheKeyringsThatTheirFamiliesName() {
    assertThat(keyrings())
        .isNotEmpty()
        .allSatisfy(name -> assertThat(FAMILIES.keyring(name).bytes()).isNotEmpty());
  }

  @Test
  void areThoseOfThePublishedSchema() {
    JsonNode schema = PublishedSchema.document();

    assertThat(schema.at("/properties/distribution/properties/name/enum"))
        .extracting(JsonNode::textValue)
        .filteredOn(Objects::nonNull)
        .containsExactlyElementsOf(
            FAMILIES.all().stream().flatMap(family -> family.distributions().stream()).toList());
    assertThat(keyrings())
        .allSatisfy(
            name ->
                assertThat(name)
                    .containsPattern(
                        schema.at("/$defs/repository/properties/keyring/pattern").textValue()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd", "g++", "0ad", "linux-image-6.1", "x", "-x", "Zstd", "a b", "a/b"})
  void havePackagesOfNamesThatThePublishedSchemaTakes(String name) {
    boolean taken =
        FAMILIES.all().stream()
            .anyMatch(family -> catchThrowable(() -> family.packageName(name)) == null);

    assertThat(
            Pattern.compile(
                    PublishedSchema.document().at("/$defs/package-name/pattern").textValue())
                .matcher(name)
                .find())
        .isEqualTo(taken);
  }

  private static List<String> keyrings() {
    return FAMILIES.all().stream().map(FamilyRules::keyrings).flatMap(List::stream).toList();
  }
}
