package dev.kiln.builder.cli;

import dev.kiln.builder.deb.DebBytes;
import dev.kiln.builder.deb.TarBytes;
import dev.kiln.builder.distro.debian.archive.SignedRepository;
import dev.kiln.builder.distro.debian.archive.TestSigner;
import dev.kiln.builder.fetch.Mirror;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * A signed repository with the one package {@code sample}, served on this machine, and the profile
 * {@code small} that wants it.
 */
final class SmallArchive implements AutoCloseable {
  static final String DEB = "pool/sample.deb";
  static final String IN_RELEASE = "dists/small/InRelease";

  private static final String PROFILE =
      """
      name: small
      description: A root of one package
      distribution: {name: debian, release: bookworm}
      architecture: amd64
      repositories:
        debian:
          mirror: %1$s
          suites: [small]
          components: [main]
          keyring: ./keys.gpg
      packages: {include: {sample: to try it}}
      kit:
        repositories:
          debian-security: null
          debian: {mirror: "%1$s", archive: null, suites: [small], components: [main], keyring: ./keys.gpg}
        host: {squashfs-tools: null, cryptsetup-bin: null, busybox-static: null, sample: to pack}
        boot: {cryptsetup-bin: null, busybox-static: null}
      """;

  /** As small as a package can be that breaks no rule. */
  private static final byte[] SOUND =
      DebBytes.withData(
          new TarBytes()
              .directory("./")
              .directory("./usr/")
              .directory("./usr/bin/")
              .mode("0000755")
              .file("./usr/bin/sample", "#!/bin/sh\n")
              .ended());

  private final TestSigner signer = TestSigner.create();
  private final Mirror mirror = new Mirror();
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Map<String, byte[]> kept = new ConcurrentHashMap<>();

  SmallArchive() throws IOException {
    serve("/debian/", files);
    serve("/archive/", kept);
    publishSound();
  }

  private void serve(String root, Map<String, byte[]> content) {
    mirror.serve(
        root,
        exchange -> {
          byte[] file = content.get(exchange.getRequestURI().getPath().substring(root.length()));
          if (file == null) {
            Mirror.answer(exchange, 404);
          } else {
            Mirror.send(exchange, file);
          }
        });
  }

  /** Signs a repository in which nothing is wrong. */
  void publishSound() {
    publish(SOUND);
  }

  /** Signs a repository that says more of its sound package, or in its Release file. */
  void publishSound(String fields, UnaryOperator<SignedRepository> release) {
    publish(SOUND, fields, release);
  }

  /** Signs a repository with this package. */
  void publish(byte[] deb) {
    publish(deb, "", UnaryOperator.identity());
  }

  /**
   * Signs a repository in place of what was there.
   *
   * @param fields more lines for the package's paragraph in the index
   * @param release more to say in the Release file
   */
  private void publish(byte[] deb, String fields, UnaryOperator<SignedRepository> release) {
    String paragraph =
        """
        Package: sample
        Version: 1.0-1
        Architecture: all
        %sFilename: %s
        Size: %d
        SHA256: %s
        """
            .formatted(fields, DEB, deb.length, Digest.of(deb).hex());
    SignedRepository repository =
        release.apply(new SignedRepository(signer, "small").packages("main", paragraph)).sign();
    files.clear();
    files.putAll(repository.files());
    files.put(DEB, deb);
  }

  /** What is served under a path below the repository's root. */
  byte[] file(String path) {
    return Objects.requireNonNull(files.get(path), path);
  }

  /** Serves something else there, which nobody signed. */
  void replace(String path, byte[] content) {
    files.put(path, content);
  }

  /** Takes a file away, as mirrors do with what a newer version replaced. */
  byte[] drop(String path) {
    return Objects.requireNonNull(files.remove(path), path);
  }

  /** Keeps a file in the archive, as the repository was at a time such as 20261120T081244Z. */
  void keep(String time, String path, byte[] content) {
    kept.put(time + "/" + path, content);
  }

  /** The root of the archive that keeps what is dropped, or a file of it. */
  String archived(String path) {
    return mirror.address("/archive" + (path.isEmpty() ? "" : "/" + path)).toString();
  }

  /** The root of the repository, or a file of it. */
  String address(String path) {
    return mirror.address("/debian" + (path.isEmpty() ? "" : "/" + path)).toString();
  }

  /** What was asked for: method, path, range. */
  List<String> requests() {
    return mirror.requests();
  }

  /** The long id of the key that signs, as messages write it. */
  String keyId() {
    return signer.signingKeyId();
  }

  Path writeProfile(Path directory) throws IOException {
    Files.write(directory.resolve("keys.gpg"), signer.publicKey());
    return Files.writeString(directory.resolve("small.yaml"), PROFILE.formatted(address("")));
  }

  @Override
  public void close() {
    mirror.close();
  }
}
