package dev.kiln.builder.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kiln.builder.fetch.DeadHost;
import dev.kiln.builder.fetch.Mirror;
import dev.kiln.file.Digest;
import dev.kiln.profile.Catalog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;

/**
 * The pins of the catalog's {@code debian12}, made small and served on this machine: programs and
 * archives of the shape that their makers give them, new ones in each run.
 */
final class UpstreamPins implements AutoCloseable {
  private static final Pattern PIN =
      Pattern.compile(
          "(?m)^  ([a-z-]+):\n    version: (\\S+)\n    sha256: [0-9a-f]{64}\n    addresses:\n(      - \\S+\n)+");

  private final Mirror mirror = new Mirror();
  private final DeadHost dead = new DeadHost();
  private final String run = UUID.randomUUID().toString();
  private final Map<String, byte[]> pins = new TreeMap<>();

  UpstreamPins() throws IOException {
    pins.put("containerd", archive("bin/containerd", "bin/containerd-shim-runc-v2", "bin/ctr"));
    pins.put("runc", program("runc"));
    pins.put("cni-plugins", archive("./bridge", "./host-local", "./loopback", "./README.md"));
    pins.put("crictl", archive("crictl"));
    for (String name : List.of("kubelet", "kubeadm", "kubectl")) {
      pins.put(name, program(name));
    }
    pins.forEach((name, content) -> mirror.serve("/" + name, content));
  }

  /** The catalog's text; each pin has a first address that never answers. */
  String profile() throws IOException {
    try (InputStream in = Catalog.class.getResourceAsStream("catalog/debian12.yaml")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
      return PIN.matcher(text)
          .replaceAll(
              pin ->
                  """
                    %s:
                      version: %s
                      sha256: %s
                      addresses:
                        - %s
                        - %s
                  """
                      .formatted(
                          pin.group(1),
                          pin.group(2),
                          digest(pin.group(1)).hex(),
                          deadAddress(pin.group(1)),
                          address(pin.group(1))));
    }
  }

  Digest digest(String pin) {
    return Digest.of(Objects.requireNonNull(pins.get(pin), pin));
  }

  URI address(String pin) {
    return mirror.address("/" + pin);
  }

  URI deadAddress(String pin) {
    return dead.address("/" + pin);
  }

  Map<String, byte[]> all() {
    return pins;
  }

  List<String> requests() {
    return mirror.requests();
  }

  @Override
  public void close() throws IOException {
    mirror.close();
    dead.close();
  }

  private byte[] program(String name) {
    return ("#!/bin/sh\necho " + name + " of " + run + "\n").getBytes(UTF_8);
  }

  private byte[] archive(String... names) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GzipCompressorOutputStream(out))) {
      tar.putArchiveEntry(directory(names[0].substring(0, names[0].indexOf('/') + 1)));
      tar.closeArchiveEntry();
      for (String name : names) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        byte[] content = program(name);
        entry.setSize(content.length);
        // Some makers' archives belong to whoever built them.
        entry.setIds(1001, 118);
        entry.setMode(name.endsWith(".md") ? 0100644 : 0100755);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
    return out.toByteArray();
  }

  private static TarArchiveEntry directory(String name) {
    return new TarArchiveEntry(name.isEmpty() ? "./" : name);
  }
}
