package dev.kiln.builder.sbom;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kiln.file.Digest;
import java.util.List;
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
      return new Component(
          type,
          ref,
          name,
          version,
          scope,
          List.of(Hash.of(digest)),
          licenses,
          purl,
          externalReferences,
          pedigree,
          components,
          properties);
    }

    Component with(List<Reference> references) {
      return new Component(
          type,
          ref,
          name,
          version,
          scope,
          hashes,
          licenses,
          purl,
          references,
          pedigree,
          components,
          properties);
    }

    Component with(Pedigree origin) {
      return new Component(
          type,
          ref,
          name,
          version,
          scope,
          hashes,
          licenses,
          purl,
          externalReferences,
          origin,
          components,
          properties);
    }

    /**
     * The same, as a part of another: what it is made of has its own names there.
     *
     * @param reference by which {@link Dependency} names it
     */
    Component within(String reference) {
      return new Component(
          type,
          reference,
          name,
          version,
          scope,
          hashes,
          licenses,
          purl,
          externalReferences,
          pedigree,
          components,
          properties);
    }

    /**
     * The same, under a licence that was read off its text.
     *
     * @param identifier of SPDX
     */
    Component licensed(String identifier) {
      return new Component(
          type,
          ref,
          name,
          version,
          scope,
          hashes,
          List.of(new LicenseChoice(new License(identifier, "concluded"))),
          purl,
          externalReferences,
          pedigree,
          components,
          properties);
    }

    Component madeOf(List<Component> parts) {
      return new Component(
          type,
          ref,
          name,
          version,
          scope,
          hashes,
          licenses,
          purl,
          externalReferences,
          pedigree,
          parts,
          properties);
    }

    Component with(Property... more) {
      return new Component(
          type,
          ref,
          name,
          version,
          scope,
          hashes,
          licenses,
          purl,
          externalReferences,
          pedigree,
          components,
          List.of(more));
    }

    /** The same, which was used and is no part of the image. */
    Component excluded() {
      return new Component(
          type,
          ref,
          name,
          version,
          EXCLUDED,
          hashes,
          licenses,
          purl,
          externalReferences,
          pedigree,
          components,
          properties);
    }

    boolean isExcluded() {
      return scope.equals(EXCLUDED);
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
