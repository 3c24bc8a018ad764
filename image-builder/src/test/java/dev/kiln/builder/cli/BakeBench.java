package dev.kiln.builder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.cache.TestCache;
import dev.kiln.builder.cli.BuilderProgram.Ended;
import dev.kiln.builder.cli.BuilderProgram.Started;
import dev.kiln.builder.describe.Provenance;
import dev.kiln.builder.packages.ReadyPackages;
import dev.kiln.document.Json;
import dev.kiln.file.Digest;
import dev.kiln.lock.Lock;
import dev.kiln.lock.LockedPackage;
import dev.kiln.manifest.ImageDirectory;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The real archive, the catalog's {@code debian12} with small pins, and the cache of the tests, in
 * which the packages and the layer of the system are kept from run to run.
 */
final class BakeBench implements AutoCloseable {
  static final String PROFILE = "debian12.yaml";
  private static final String LOCK = "debian12.lock.json";

  private final Path directory;
  private final UpstreamPins pins = new UpstreamPins();
  private final Path usualCache = TestCache.path();
  private final Lock lock;
  private final List<Path> layersOfPins = new ArrayList<>();

  /** Writes the profile into a directory and locks it. */
  BakeBench(Path directory) throws IOException {
    this.directory = directory;
    Files.writeString(directory.resolve(PROFILE), pins.profile());
    succeed(builder().run("lock", "--profile=" + PROFILE, "--cache=" + usualCache));
    this.lock = Json.read(LOCK, Files.readAllBytes(directory.resolve(LOCK)), Lock.class);
  }

  /** The program, in the directory of the profile and the lock. */
  BuilderProgram builder() {
    return new BuilderProgram(directory);
  }

  UpstreamPins pins() {
    return pins;
  }

  Path cache() {
    return usualCache;
  }

  /** Bakes into the profile's directory, from the cache of the tests. */
  ImageDirectory bakeImage(String output) {
    succeed(BuilderProgram.end(builder().start(bake(usualCache, output))));
    ImageDirectory image = ImageDirectory.read(directory.resolve(output));
    Provenance provenance = Provenance.read(image);
    Stream.of("runtime.squashfs", "kubernetes.squashfs")
        .map(layer -> provenance.keyOf(layer).orElseThrow())
        .map(key -> usualCache.resolve("made/added-layer").resolve(key.hex()))
        .forEach(layersOfPins::add);
    return image;
  }

  /** The arguments of a bake of the locked profile. */
  List<String> bake(Path cache, String output, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "bake",
                "--profile=" + PROFILE,
                "--locked",
                "--cache=" + cache,
                "--output=" + output));
    arguments.addAll(List.of(more));
    return arguments;
  }

  /** The id in the last words of a bake that went well. */
  static String idOf(Ended ended) {
    return succeed(ended).out().strip().replaceFirst(".* ", "");
  }

  /** The ids of two bakes that run at the same time. */
  List<String> idsOfTwoAtOnce(Path cache) {
    Started one = builder().start(bake(cache, "one"));
    Started two = builder().start(bake(cache, "two"));
    return List.of(idOf(BuilderProgram.end(one)), idOf(BuilderProgram.end(two)));
  }

  /** Of a locked package of the system. */
  Path ready(String name) {
    return Path.of("made", "ready-deb", ReadyPackages.keyOf(locked(name)).hex());
  }

  private LockedPackage locked(String name) {
    return lock.packages().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** A new cache with everything that was fetched, and nothing that was made. */
  Path cacheWithoutLayers() throws IOException {
    Path cache = new Cache(directory.resolve("cache-without-layers")).root();
    for (LockedPackage each :
        Stream.of(lock.os(), lock.boot(), lock.kit("amd64").orElseThrow())
            .flatMap(set -> set.packages().stream())
            .toList()) {
      Path ready = Path.of("made", "ready-deb", ReadyPackages.keyOf(each).hex());
      share(cache, ready.resolve("content"));
      share(cache, ready.resolve("record.json"));
    }
    for (byte[] pin : pins.all().values()) {
      share(cache, blob(Digest.of(pin)));
    }
    return cache;
  }

  /**
   * A cache of one's own with all that that of the tests holds; what changes in it changes there
   * alone.
   */
  Path cacheWithEverything() throws IOException {
    Path cache = new Cache(directory.resolve("cache-with-everything")).root();
    for (String part : List.of("blobs", "made")) {
      try (Stream<Path> walk = Files.walk(usualCache.resolve(part))) {
        for (Path each : walk.toList()) {
          // Kits hold links to directories, and empty directories.
          if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(cache.resolve(usualCache.relativize(each)));
          } else {
            share(cache, usualCache.relativize(each));
          }
        }
      }
    }
    return cache;
  }

  private void share(Path cache, Path part) throws IOException {
    Path to = cache.resolve(part);
    if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.createDirectories(to.getParent());
    try {
      Files.createLink(to, usualCache.resolve(part));
    } catch (FileSystemException e) {
      // Another file system.
      Files.copy(
          usualCache.resolve(part),
          to,
          LinkOption.NOFOLLOW_LINKS,
          StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  static Path blob(Digest digest) {
    return Path.of("blobs", "sha256", digest.hex().substring(0, 2), digest.hex());
  }

  static Ended succeed(Ended ended) {
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    return ended;
  }

  /** Leaves nothing of this run's pins in the cache. */
  @Override
  public void close() throws IOException {
    for (Path layer : layersOfPins) {
      if (Files.isDirectory(layer)) {
        try (Stream<Path> walk = Files.walk(layer)) {
          for (Path each : walk.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(each);
          }
        }
      }
    }
    for (byte[] pin : pins.all().values()) {
      Files.deleteIfExists(usualCache.resolve(blob(Digest.of(pin))));
    }
    pins.close();
  }
}
