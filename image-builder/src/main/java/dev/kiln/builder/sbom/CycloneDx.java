package dev.kiln.builder.sbom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kiln.builder.distro.Families;
import dev.kiln.builder.sbom.Bom.Component;
import dev.kiln.builder.sbom.Bom.Dependency;
import dev.kiln.builder.sbom.Bom.Metadata;
import dev.kiln.builder.sbom.Bom.Tools;
import dev.kiln.command.BuildVersion;
import dev.kiln.document.Json;
import dev.kiln.file.Digest;
import dev.kiln.lock.Lock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Writes the software bill of materials of an image as CycloneDX 1.6 JSON. It holds no time and no
 * random number: the same image described by the same program is always the same bytes.
 */
public final class CycloneDx {
  /** The file's name in an image directory. */
  public static final String FILE = "sbom.cdx.json";

  /** Bytes; that of a thousand packages has a million. */
  public static final int MAX_SIZE = 1 << 25;

  private CycloneDx() {}

  /**
   * Describes an image by the lock it was made from.
   *
   * @param image the image's id: the digest of its manifest
   * @param programs those that were compiled for it, by the name of their build
   */
  public static byte[] write(
      Digest image, Lock lock, Families families, Map<String, List<BuiltProgram>> programs) {
    Components components = new Components(lock, families, programs);
    List<Component> parts = components.all();
    Component whole = Components.image(image, lock.profile());
    List<String> refs =
        parts.stream().filter(part -> !part.isExcluded()).map(Component::ref).toList();
    return Json.write(
        new Bom(
            "CycloneDX",
            "1.6",
            serialNumber(image),
            1,
            new Metadata(
                new Tools(List.of(Components.tool("kiln-builder", BuildVersion.current()))), whole),
            parts,
            Stream.concat(Stream.of(new Dependency(whole.ref(), refs)), components.dependencies())
                .toList()));
  }

  /**
   * True where a document names this image, and its parts are exactly those of the lock: name by
   * package URL and digest by digest. What else it says is not compared, such as what is in its
   * programs, so that a document of an older Kiln stays right.
   */
  public static boolean describes(byte[] document, Digest image, Lock lock, Families families) {
    return parts(document).equals(parts(write(image, lock, families, Map.of())));
  }

  private static Set<String> parts(byte[] document) {
    try {
      JsonNode bom = new ObjectMapper().readTree(document);
      Set<String> parts = new TreeSet<>();
      parts.add("image " + bom.at("/metadata/component/version").asText());
      for (JsonNode part : bom.path("components")) {
        parts.add(part.path("purl").asText() + " " + part.at("/hashes/0/content").asText());
      }
      return parts;
    } catch (IOException e) {
      return Set.of();
    }
  }

  /** The image's id as a UUID of version 8, which is for those who make their own (RFC 9562). */
  static String serialNumber(Digest image) {
    ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(image.hex()));
    long high = (bytes.getLong() & ~0xF000L) | 0x8000L;
    long low = (bytes.getLong() & ~(0xC0L << 56)) | (0x80L << 56);
    return "urn:uuid:" + new UUID(high, low);
  }
}
