package dev.kiln.builder.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.deb.DebBytes;
import dev.kiln.builder.deb.TarBytes;
import dev.kiln.builder.distro.debian.archive.SignedRepository;
import dev.kiln.builder.distro.debian.archive.TestSigner;
import dev.kiln.builder.fetch.Mirror;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A signed repository that is enough for an image: packages of this machine's own dpkg, shell and
 * tools, and a kernel that boots nothing. Everything of it is served on this machine.
 */
final class SmallWorld implements AutoCloseable {
  static final String PROFILE = "world.yaml";

  /** Of a file of the pin {@code plugins}, where that was asked for. */
  static final String OTHER_NAME = "Főtanúsítvány";

  private static final String TEXT =
      """
      name: world
      description: A system that is installed by a real dpkg, and boots nothing
      distribution: {name: debian, release: bookworm}
      architecture: amd64
      repositories:
        debian:
          mirror: %s
          suites: [world]
          components: [main]
          keyring: ./keys.gpg
      packages:
        recommends: false
        include: {linux-image-world: the kernel, sample: files of every sort}
      kit:
        repositories:
          debian:
            mirror: %s
            archive: null
            suites: [world]
            components: [main]
            keyring: ./keys.gpg
          debian-security: null
        host: {spare: a tool that writes nothing}
      %spins:
      %s""";

  private static final String PIN =
      """
        %s:
          version: v1
          sha256: %s
          addresses: [%s]
          %s
      """;

  private static final Map<String, String> PLACES =
      Map.of(
          "agent", "layer: kubernetes\n    install: /usr/bin/agent",
          "engine", "layer: runtime\n    install: /usr/bin/engine",
          "plugins", "layer: runtime\n    unpack: {to: /opt/plugins, strip: 1}");

  private final TestSigner signer = TestSigner.create();
  private final Mirror mirror = new Mirror();
  private final Path directory;
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Map<String, WorldPackage> packages = new TreeMap<>();
  private final Map<String, byte[]> pins = new TreeMap<>();
  private String more = "";
  private volatile CountDownLatch agentAsked = new CountDownLatch(0);

  /** Makes it, with the profile in a directory. */
  SmallWorld(Path directory) throws IOException {
    this.directory = directory;
    mirror.serve(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          pinIsAskedBefore(path);
          byte[] file = files.get(path);
          if (file == null) {
            Mirror.answer(exchange, 404);
          } else {
            Mirror.send(exchange, file);
          }
        });
    Files.write(directory.resolve("keys.gpg"), signer.publicKey());
    WorldPackage.all().forEach(each -> packages.put(each.name(), each));
    pins.put("agent", "the agent".getBytes(UTF_8));
    pins.put("engine", "the engine".getBytes(UTF_8));
    pins.put("plugins", archive());
  }

  /** Gives the pin of the layer {@code kubernetes} other bytes; in force when it is published. */
  void changeAgent() {
    pins.put("agent", "another agent".getBytes(UTF_8));
  }

  /** Gives the pin of an archive a file with a name beyond ASCII; in force when it is published. */
  void packNameOfAnotherLanguage() {
    String bytes = new String(OTHER_NAME.getBytes(UTF_8), ISO_8859_1);
    pins.put("plugins", DebBytes.gzip(plugins().file("plugins/" + bytes, "more words").ended()));
  }

  /** Answers for a signed index only when somebody has asked for the pin {@code agent}. */
  void giveIndexesAfterTheAgent() {
    agentAsked = new CountDownLatch(1);
  }

  private void pinIsAskedBefore(String path) {
    if (path.equals("/pins/agent")) {
      agentAsked.countDown();
    } else if (path.endsWith("/InRelease")) {
      try {
        assertThat(agentAsked.await(5, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** Packs a package again, with the same files; in force when it is published. */
  void repack(String name) {
    packages.computeIfPresent(name, (same, before) -> before.again());
  }

  /** Gives a package a script that configures it; in force when it is published. */
  void configure(String name, String script) {
    packages.computeIfPresent(name, (same, before) -> before.configuredBy(script));
  }

  /** Gives the profile one more key, such as {@code seal}; in force when it is published. */
  void add(String key, String value) {
    more = key + ": " + value + "\n";
  }

  /** Signs all of it, and writes the profile; the next bake locks anew. */
  void publish(Instant date) throws IOException {
    files.clear();
    StringBuilder index = new StringBuilder();
    for (WorldPackage each : packages.values()) {
      byte[] deb = each.deb();
      String path = "pool/" + each.name() + "_" + Digest.of(deb).hex().substring(0, 8) + ".deb";
      files.put("/debian/" + path, deb);
      index.append(each.paragraph(path, deb)).append('\n');
    }
    new SignedRepository(signer, "world")
        .field("Date", SignedRepository.date(date))
        .packages("main", index.toString())
        .sign()
        .files()
        .forEach((path, content) -> files.put("/debian/" + path, content));
    Files.deleteIfExists(directory.resolve("world.lock.json"));
    publishPinsAlone();
  }

  /** Writes the profile; the next bake keeps what it can of its lock. */
  void publishPinsAlone() throws IOException {
    String repository = mirror.address("/debian").toString();
    Files.writeString(
        directory.resolve(PROFILE), TEXT.formatted(repository, repository, more, publishPins()));
  }

  private String publishPins() {
    StringBuilder text = new StringBuilder();
    pins.forEach(
        (name, bytes) -> {
          String path = "/pins/" + name;
          files.put(path, bytes);
          text.append(
              PIN.formatted(name, Digest.of(bytes).hex(), mirror.address(path), PLACES.get(name)));
        });
    return text.toString();
  }

  private static byte[] archive() {
    return DebBytes.gzip(plugins().ended());
  }

  private static TarBytes plugins() {
    return new TarBytes()
        .directory("plugins/")
        .mode("0000770")
        .file("plugins/bridge", "a program")
        .mode("0000600")
        .file("plugins/README", "words")
        .symbolicLink("plugins/link", "bridge");
  }

  /** The arguments of a bake. */
  List<String> bake(Path cache, String output) {
    return List.of("bake", "--profile=" + PROFILE, "--cache=" + cache, "--output=" + output);
  }

  @Override
  public void close() {
    mirror.close();
  }
}
