package dev.kiln.builder.sbom;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kiln.file.Digest;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A CycloneDX 1.6 document: those of its fields that Kiln writes. */
record Bom(
    String bomFormat,
    String specVersion,
    String serialNumber,
    int version,
    Metadata metadata,
    List<Component> components,
    List<Dependency> dependencies) {

  /** What the document describes, and what wrote it. */
  record Metadata(Tools tools, Component component) {}

  /** The programs that wrote the document. */
  record Tools(List<Component> components) {}

  /**
   * One part. Empty fields are left out.
   *
   * @param type of CycloneDX, such as {@code library}
   * @param scope {@code excluded} where the part is none of the image's; else empty, and it is one
   * @param ref by which {@link Dependency} names it; unique in the document
   * @param components what it is made of
   */
  @JsonInclude(Include.NON_EMPTY)
  record Component(
      String type,
      @JsonProperty("bom-ref") String ref,
      String name,
      String version,
      String scope,
      List<Hash> hashes,
      List<LicenseChoice> licenses,
      String purl,
      List<Reference> externalReferences,
      @Nullable Pedigree pedigree,
      List<Component> components,
      List<Property> properties) {
    private static final String EXCLUDED = "excluded";

    /** A part of which no more is known; {@code purl} is its name in the document too. */
    static Component of(String type, String purl, String name, String version) {
      return new Component(
          type, purl, name, version, "", List.of(), List.of(), purl, List.of(), null, List.of(),
          List.of());
    }

    Component with(Digest digest) {
      return with(draft -> draft.hashes = List.of(Hash.of(digest)));
    }

    Component with(List<Reference> references) {
      return with(draft -> draft.externalReferences = references);
    }

    Component with(Pedigree origin) {
      return with(draft -> draft.pedigree = origin);
    }

    Component with(Property... more) {
      return with(draft -> draft.properties = List.of(more));
    }

    Component madeOf(List<Component> parts) {
      return with(draft -> draft.components = parts);
    }

    /**
     * The same, as a part of another: what it is made of has its own names there.
     *
     * @param reference by which {@link Dependency} names it
     */
    Component within(String reference) {
      return with(draft -> draft.ref = reference);
    }

    /**
     * The same, under a licence that was read off its text.
     *
     * @param identifier of SPDX
     */
    Component licensed(String identifier) {
      License license = new License(identifier, "concluded");
      return with(draft -> draft.licenses = List.of(new LicenseChoice(license)));
    }

    /** The same, which was used and is no part of the image. */
    Component excluded() {
      return with(draft -> draft.scope = EXCLUDED);
    }

    private Component with(Consumer<Draft> change) {
      Draft draft = new Draft(this);
      change.accept(draft);
      return new Component(
          type,
          draft.ref,
          name,
          version,
          draft.scope,
          draft.hashes,
          draft.licenses,
          purl,
          draft.externalReferences,
          draft.pedigree,
          draft.components,
          draft.properties);
    }

    boolean isExcluded() {
      return scope.equals(EXCLUDED);
    }
  }

  /** What may be said of a component after its name. */
  private static final class Draft {
    private String ref;
    private String scope;
    private List<Hash> hashes;
    private List<LicenseChoice> licenses;
    private List<Reference> externalReferences;
    private @Nullable Pedigree pedigree;
    private List<Component> components;
    private List<Property> properties;

    Draft(Component component) {
      ref = component.ref;
      scope = component.scope;
      hashes = component.hashes;
      licenses = component.licenses;
      externalReferences = component.externalReferences;
      pedigree = component.pedigree;
      components = component.components;
      properties = component.properties;
    }
  }

  /** A digest of the part's bytes. */
  record Hash(@JsonProperty("alg") String algorithm, String content) {
    static Hash of(Digest digest) {
      return new Hash("SHA-256", digest.hex());
    }
  }

  /** A licence of a part. */
  record LicenseChoice(License license) {}

  /**
   * A licence.
   *
   * @param acknowledgement who says so: {@code concluded} by whoever wrote the document
   */
  record License(String id, String acknowledgement) {}

  /** Where the same bytes may be had. */
  record Reference(String type, String url, List<Hash> hashes) {}

  /** What a part was built from. */
  record Pedigree(List<Component> ancestors) {}

  /** What CycloneDX has no field for. */
  record Property(String name, String value) {}

  /** What a part is made of. */
  record Dependency(String ref, List<String> dependsOn) {}
}
