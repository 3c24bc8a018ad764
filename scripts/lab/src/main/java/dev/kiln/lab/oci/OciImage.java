package dev.kiln.lab.oci;

import dev.kiln.document.Json;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A container image of one layer, written as an OCI image layout (image-spec 1.1) in a tar: the
 * same programs give the same bytes.
 *
 * @param name as containerd lists it, {@code REGISTRY/NAME:TAG}
 * @param entrypoint the program and its first arguments
 * @param programs path in the image, without its first slash, to content; all may be executed
 */
public record OciImage(String name, List<String> entrypoint, Map<String, byte[]> programs) {
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
  private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";

  public OciImage {
    entrypoint = List.copyOf(entrypoint);
    programs = Map.copyOf(programs);
  }

  /** The tar that {@code ctr images import} takes. */
  public byte[] write() throws IOException {
    byte[] layer = layer();
    byte[] config = config(Digest.of(layer));
    byte[] manifest = manifest(config, layer);
    try (PlainTar tar = new PlainTar()) {
      tar.file("oci-layout", Json.write(Map.of("imageLayoutVersion", "1.0.0")), 0644);
      tar.file("index.json", index(manifest), 0644);
      for (byte[] blob : List.of(config, manifest, layer)) {
        tar.file("blobs/sha256/" + Digest.of(blob).hex(), blob, 0644);
      }
      return tar.finish();
    }
  }

  private byte[] layer() throws IOException {
    try (PlainTar tar = new PlainTar()) {
      for (Map.Entry<String, byte[]> program : new TreeMap<>(programs).entrySet()) {
        tar.file(program.getKey(), program.getValue(), 0755);
      }
      return tar.finish();
    }
  }

  private byte[] config(Digest layer) {
    return Json.write(
        sorted(
            Map.of(
                "architecture",
                "amd64",
                "os",
                "linux",
                "config",
                Map.of("Entrypoint", entrypoint),
                "rootfs",
                sorted(Map.of("type", "layers", "diff_ids", List.of(layer))))));
  }

  private static byte[] manifest(byte[] config, byte[] layer) {
    return Json.write(
        sorted(
            Map.of(
                "schemaVersion",
                2,
                "mediaType",
                MANIFEST,
                "config",
                descriptor(CONFIG, config),
                "layers",
                List.of(descriptor(LAYER, layer)))));
  }

  private byte[] index(byte[] manifest) {
    Map<String, Object> entry = descriptor(MANIFEST, manifest);
    entry.put("annotations", Map.of("io.containerd.image.name", name));
    return Json.write(sorted(Map.of("schemaVersion", 2, "manifests", List.of(entry))));
  }

  private static Map<String, Object> descriptor(String mediaType, byte[] content) {
    return sorted(
        Map.of("mediaType", mediaType, "digest", Digest.of(content), "size", content.length));
  }

  /** {@link Map#of} has another order in every process. */
  private static Map<String, Object> sorted(Map<String, ?> map) {
    return new TreeMap<>(map);
  }
}
