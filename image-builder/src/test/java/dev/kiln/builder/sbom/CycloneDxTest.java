package dev.kiln.builder.sbom;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.kiln.builder.distro.KnownFamilies;
import dev.kiln.builder.gomod.GoProgram;
import dev.kiln.builder.lock.SampleLock;
import dev.kiln.document.UtcTime;
import dev.kiln.file.Digest;
import dev.kiln.file.Resource;
import dev.kiln.lock.IndexName;
import dev.kiln.lock.Lock;
import dev.kiln.lock.LockedBuild;
import dev.kiln.lock.LockedPackage;
import dev.kiln.lock.LockedPin;
import dev.kiln.lock.LockedSource;
import dev.kiln.lock.LockedSource.GoModules;
import dev.kiln.lock.LockedSource.ModuleFile;
import dev.kiln.lock.LockedSource.ModuleFile.Kind;
import dev.kiln.lock.LockedSource.ModuleToolchain;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CycloneDxTest {
  private static final Digest IMAGE = Digest.of("an image");

  private static final LockedPackage PACKAGE =
      new LockedPackage(
          "libstdc++6",
          "1:12.2.0-14+deb12u1~x",
          "amd64",
          new IndexName("security", "bookworm-security", UtcTime.parse("2026-11-20T08:12:44Z")),
          "pool/main/g/gcc-12/libstdc++6_12.2.0-14_amd64.deb",
          613432,
          Digest.of("a package"),
          "apt needs it",
          Map.of());

  private static final LockedPin PIN =
      new LockedPin(
          "kubelet",
          "v1.36.4",
          Digest.of("a pin"),
          List.of(URI.create("https://dl.k8s.io/a"), URI.create("https://files.example/b")));

  private static final LockedBuild BUILD =
      new LockedBuild(
          "kubernetes",
          "v1.20.2",
          new LockedSource.SourcePackage(
              "kubernetes",
              "1.20.5+really1.20.2-1.1",
              List.of(
                  new LockedSource.SourceFile(
                      SampleLock.INDEX,
                      "pool/main/k/kubernetes/kubernetes_1.20.5+really1.20.2-1.1.dsc",
                      1,
                      Digest.of("a dsc")))),
          List.of(),
          Digest.of("a recipe"));

  private static final Lock LOCK = SampleLock.of(List.of(PACKAGE), List.of(PIN), List.of(BUILD));

  @Test
  void obeysThePublishedSchema() throws IOException {
    assertThat(schema().validate(read(LOCK))).isEmpty();
  }

  @Test
  void theSchemaCanSayNo() throws IOException {
    JsonNode wrong = new ObjectMapper().readTree("{\"bomFormat\":\"CycloneDX\",\"specVersion\":6}");

    assertThat(schema().validate(wrong)).isNotEmpty();
  }

  @Test
  void describesTheImageByItsId() throws IOException {
    JsonNode image = read(LOCK).at("/metadata/component");

    assertThat(image.get("name").asText()).isEqualTo("debian12");
    assertThat(image.get("version").asText()).isEqualTo(IMAGE.toString());
    assertThat(image.at("/hashes/0/content").asText()).isEqualTo(IMAGE.hex());
  }

  @Test
  void namesAPackageAsScannersKnowIt() throws IOException {
    JsonNode part = component("libstdc++6");

    assertThat(part.get("purl").asText())
        .isEqualTo(
            "pkg:deb/debian/libstdc%2B%2B6@1:12.2.0-14%2Bdeb12u1~x?arch=amd64&distro=bookworm");
    assertThat(part.at("/hashes/0/content").asText()).isEqualTo(PACKAGE.digest().hex());
    assertThat(part.at("/properties/1/value").asText()).isEqualTo("apt needs it");
  }

  @Test
  void namesAPinWithItsDigestAndEveryAddress() throws IOException {
    JsonNode part = component("kubelet");

    assertThat(part.get("purl").asText()).isEqualTo("pkg:generic/kubelet@v1.36.4");
    assertThat(part.findValuesAsText("url"))
        .containsExactly("https://dl.k8s.io/a", "https://files.example/b");
    assertThat(part.at("/externalReferences/1/hashes/0/content").asText())
        .isEqualTo(PIN.digest().hex());
  }

  @Test
  void namesTheSourcePackageOfABuiltPin() throws IOException {
    JsonNode source = component("kubernetes").at("/pedigree/ancestors/0");

    assertThat(source.get("purl").asText())
        .isEqualTo(
            "pkg:deb/debian/kubernetes@1.20.5%2Breally1.20.2-1.1?arch=source&distro=bookworm");
    assertThat(source.at("/hashes/0/content").asText()).isEqualTo(Digest.of("a dsc").hex());
  }

  /** Once each, however many programs have it. */
  @Test
  void namesTheModulesThatAreInTheProgramsOfABuild() throws IOException {
    ModuleFile archive =
        new ModuleFile("Dep.example/Dep", "v1.1.0", Kind.ZIP, 9, Digest.of("an archive"), "MIT");
    ModuleFile unused =
        new ModuleFile("test.example/only", "v1.0.0", Kind.ZIP, 9, Digest.of("for tests alone"));
    ModuleFile compiler =
        new ModuleFile("golang.org/toolchain", "v0.0.1-go1.26.10", Kind.ZIP, 9, Digest.of("go"));
    LockedBuild build =
        new LockedBuild(
            "tools",
            "v1.0.0",
            new GoModules(
                "up.example/tool",
                Digest.of("its files"),
                List.of(new ModuleToolchain("amd64", compiler)),
                List.of(archive, unused)),
            List.of(),
            Digest.of("a recipe"));
    GoProgram one =
        new GoProgram(
            "go1.26.10 X:nodwarf5",
            List.of(new GoProgram.Module("Dep.example/Dep", "v1.1.0", "h1:a=")));
    JsonNode bom =
        new ObjectMapper()
            .readTree(
                CycloneDx.write(
                    IMAGE,
                    SampleLock.of(List.of(), List.of(), List.of(build)),
                    KnownFamilies.ALL,
                    Map.of(
                        "tools",
                        List.of(
                            new BuiltProgram("a", Digest.of("a"), Optional.of(one)),
                            new BuiltProgram("b", Digest.of("b"), Optional.of(one)),
                            new BuiltProgram("c", Digest.of("c"), Optional.empty())))));
    String whole = "pkg:generic/tools@v1.0.0";
    String dependency = whole + "#pkg:golang/dep.example/dep@v1.1.0";
    String library = whole + "#pkg:golang/stdlib@1.26.10";

    assertThat(schema().validate(bom)).isEmpty();
    JsonNode parts = bom.at("/components/0/components");
    assertThat(parts.findValuesAsText("bom-ref"))
        .containsExactly(whole + "#a", whole + "#b", whole + "#c", dependency, library);
    assertThat(parts.at("/0/hashes/0/content").asText()).isEqualTo(Digest.of("a").hex());
    assertThat(parts.at("/3/purl").asText()).isEqualTo("pkg:golang/dep.example/dep@v1.1.0");
    assertThat(parts.at("/3/hashes/0/content").asText()).isEqualTo(archive.digest().hex());
    assertThat(parts.at("/3/licenses/0/license/id").asText()).isEqualTo("MIT");
    assertThat(bom.get("dependencies"))
        .extracting(JsonNode::toString)
        .contains(
            dependency(whole, whole + "#a", whole + "#b", whole + "#c"),
            dependency(whole + "#a", library, dependency),
            dependency(whole + "#b", library, dependency));
  }

  private static String dependency(String ref, String... on) {
    return new ObjectMapper()
        .createObjectNode()
        .put("ref", ref)
        .set("dependsOn", new ObjectMapper().valueToTree(on))
        .toString();
  }

  @Test
  void theImageDependsOnEveryComponent() throws IOException {
    JsonNode bom = read(LOCK);

    assertThat(bom.at("/dependencies/0/ref").asText()).isEqualTo(IMAGE.toString());
    assertThat(bom.at("/dependencies/0/dependsOn"))
        .hasSize(3)
        .hasSize(bom.get("components").size())
        .map(JsonNode::asText)
        .containsExactlyElementsOf(bom.get("components").findValuesAsText("bom-ref").subList(0, 3));
  }

  /** A scanner would take its flaws for the machine's. */
  @Test
  void theKitIsNoPartOfTheImage() throws IOException {
    LockedPackage tool = SampleLock.binary("squashfs-tools", "1:4.5", "amd64", new byte[] {1});
    LockedPackage boot = SampleLock.binary("busybox-static", "1.35", "amd64", new byte[] {2});
    Lock lock =
        new Lock(
            Lock.VERSION,
            "debian12",
            Digest.of("a profile"),
            SampleLock.set(List.of(PACKAGE)),
            List.of(),
            List.of(),
            SampleLock.set(List.of(boot)),
            // What is in the image too is no less in it because the kit has it.
            List.of(SampleLock.set(List.of(tool, boot))),
            List.of(),
            List.of());
    JsonNode bom = read(lock);

    assertThat(schema().validate(bom)).isEmpty();
    assertThat(bom.get("components").findValuesAsText("name"))
        .contains("squashfs-tools", "busybox-static");
    assertThat(bom.get("components"))
        .filteredOn(part -> part.path("scope").asText().equals("excluded"))
        .extracting(part -> part.get("name").asText())
        .containsExactly("squashfs-tools");
    assertThat(bom.at("/dependencies/0/dependsOn")).hasSize(2);
    assertThat(bom.at("/dependencies/0/dependsOn").toString()).doesNotContain("squashfs-tools");
  }

  @Test
  void isTheSameBytesForTheSameImage() {
    assertThat(CycloneDx.write(IMAGE, LOCK, KnownFamilies.ALL, Map.of()))
        .isEqualTo(CycloneDx.write(IMAGE, LOCK, KnownFamilies.ALL, Map.of()));
    assertThat(new String(CycloneDx.write(IMAGE, LOCK, KnownFamilies.ALL, Map.of()), UTF_8))
        .doesNotContain("timestamp");
  }

  @Test
  void numbersItselfAfterTheImage() {
    assertThat(CycloneDx.serialNumber(new Digest("00112233445566778899aabbccddeeff".repeat(2))))
        .isEqualTo("urn:uuid:00112233-4455-8677-8899-aabbccddeeff");
    assertThat(CycloneDx.serialNumber(new Digest("f".repeat(64))))
        .isEqualTo("urn:uuid:ffffffff-ffff-8fff-bfff-ffffffffffff");
  }

  private static JsonNode component(String name) throws IOException {
    for (JsonNode each : read(LOCK).get("components")) {
      if (each.get("name").asText().equals(name)) {
        return each;
      }
    }
    throw new AssertionError("no component " + name);
  }

  private static JsonNode read(Lock lock) throws IOException {
    return new ObjectMapper().readTree(CycloneDx.write(IMAGE, lock, KnownFamilies.ALL, Map.of()));
  }

  /** CycloneDX's own schema and the two it refers to, from the jar of its Java library. */
  private static JsonSchema schema() throws IOException {
    String base = "http://cyclonedx.org/schema/";
    Map<String, String> schemas =
        Map.of(
            base + "bom-1.6.schema.json",
                Resource.text(CycloneDxTest.class, "/bom-1.6.schema.json"),
            base + "spdx.schema.json", Resource.text(CycloneDxTest.class, "/spdx.schema.json"),
            base + "jsf-0.82.schema.json",
                Resource.text(CycloneDxTest.class, "/jsf-0.82.schema.json"));
    return JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V7, builder -> builder.schemaLoaders(l -> l.schemas(schemas)))
        .getSchema(URI.create(base + "bom-1.6.schema.json"));
  }
}
