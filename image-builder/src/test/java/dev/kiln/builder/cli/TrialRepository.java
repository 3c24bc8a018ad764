package dev.kiln.builder.cli;

import dev.kiln.builder.distro.debian.archive.SignedRepository;
import dev.kiln.builder.distro.debian.archive.TestSigner;
import dev.kiln.builder.fetch.Mirror;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A signed repository of packages that others made, and profiles that take them. */
final class TrialRepository implements AutoCloseable {
  private static final String PROFILE =
      """
      extends: min
      name: %s
      repositories:
        trial: {mirror: "%s", suites: [trial], components: [main], keyring: ./trial.gpg}
      packages:
        include: {%s}
      """;

  private final TestSigner signer = TestSigner.create();
  private final Mirror mirror;
  private final Path directory;
  private final Map<String, byte[]> files = new HashMap<>();
  private final StringBuilder index = new StringBuilder();
  private final List<String> names = new ArrayList<>();

  TrialRepository(Path directory) throws IOException {
    this.mirror = new Mirror();
    this.directory = directory;
    mirror.serve(
        "/",
        exchange -> {
          byte[] file = files.get(exchange.getRequestURI().getPath());
          if (file == null) {
            Mirror.answer(exchange, 404);
          } else {
            Mirror.send(exchange, file);
          }
        });
  }

  void add(Path deb) throws IOException {
    byte[] content = Files.readAllBytes(deb);
    String path = "pool/" + deb.getFileName();
    files.put("/trial/" + path, content);
    names.add(deb.getFileName().toString().replaceFirst("_.*", ""));
    index
        .append(HostCommand.run("dpkg-deb", "-f", deb.toString()).strip())
        .append(
            "\nFilename: %s\nSize: %d\nSHA256: %s\n\n"
                .formatted(path, content.length, Digest.of(content).hex()));
  }

  /** With the packages that were added, and a profile that wants all of them. */
  void publish(String profile) throws IOException {
    publish(profile, index.toString(), names);
  }

  /** With this index, and a profile that wants these of it. */
  void publish(String profile, String packages, List<String> wanted) throws IOException {
    new SignedRepository(signer, "trial")
        .packages("main", packages)
        .sign()
        .files()
        .forEach((path, content) -> files.put("/trial/" + path, content));
    Files.write(directory.resolve("trial.gpg"), signer.publicKey());
    Files.writeString(
        directory.resolve(profile + ".yaml"),
        PROFILE.formatted(
            profile,
            mirror.address("/trial"),
            wanted.stream().map(name -> name + ": tried").collect(Collectors.joining(", "))));
  }

  @Override
  public void close() {
    mirror.close();
  }
}
