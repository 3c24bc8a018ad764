package dev.kiln.builder.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.cache.Rot;
import dev.kiln.builder.distro.debian.archive.SignedRepository;
import dev.kiln.builder.distro.debian.archive.SignedSuite;
import dev.kiln.builder.distro.debian.archive.TestSigner;
import dev.kiln.builder.distro.debian.index.IndexEntry;
import dev.kiln.builder.fetch.Fetcher;
import dev.kiln.builder.progress.RecordingProgress;
import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mirrors are directories here: {@code file:} addresses are read as all others are. */
class MirrorSourceTest {
  private static final String INDEX = "dists/bookworm/main/binary-amd64/Packages";

  private final TestSigner signer = TestSigner.create();
  private final SignedRepository repository =
      new SignedRepository(signer, "bookworm").packages("main", "Package: a\nVersion: 1\n").sign();
  private final RecordingProgress progress = new RecordingProgress();
  @TempDir private Path directory;

  @Test
  void takesTheNextMirrorWhereTheFirstDoesNotAnswer() throws IOException {
    Path good = publish("good", repository);
    MirrorSource source = source(directory.resolve("absent"), good);

    SignedSuite suite = open(source);

    assertThat(suite.packages("amd64")).extracting(IndexEntry::name).containsExactly("a");
    assertThat(source.name()).isEqualTo(address(good).toString());
  }

  /** Else nobody learns that what he named is misspelt. */
  @Test
  void namesAMirrorThatItPassesOverOnce() throws IOException {
    Path absent = directory.resolve("absent");
    MirrorSource source = source(absent, publish("good", repository));

    open(source);
    open(source);

    assertThat(progress.events())
        .filteredOn(event -> event.startsWith("note "))
        .singleElement()
        .asString()
        .startsWith(
            "note the mirror "
                + address(absent)
                + " of debian is passed over: cannot fetch dists/bookworm/InRelease: "
                + address(absent));
  }

  @Test
  void takesTheNextMirrorWhereTheFirstIsSignedByAStranger() throws IOException {
    SignedRepository forged =
        new SignedRepository(TestSigner.create(), "bookworm")
            .packages("main", "Package: evil\nVersion: 9\n")
            .sign();

    SignedSuite suite = open(source(publish("forged", forged), publish("good", repository)));

    assertThat(suite.packages("amd64")).extracting(IndexEntry::name).containsExactly("a");
  }

  /** Who locks asks for no older index than the one that is locked. */
  @Test
  void takesTheNextMirrorWhereTheFirstWasSetBack() throws IOException {
    Instant today = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Path old = publish("old", madeAt(today.minus(Duration.ofDays(2))));
    Path current = publish("current", madeAt(today));
    MirrorSource source = source(old, current);

    SignedSuite suite =
        SignedSuite.open(
            source,
            repository.suite("main"),
            Instant.now(),
            (file, made) -> {
              if (made.isBefore(today)) {
                throw KilnException.input(file + " is older than the locked one", "");
              }
            });

    assertThat(suite.made()).isEqualTo(today);
    assertThat(source.name()).isEqualTo(address(current).toString());
  }

  private SignedRepository madeAt(Instant time) {
    return new SignedRepository(signer, "bookworm")
        .field("Date", SignedRepository.date(time))
        .packages("main", "Package: a\nVersion: 1\n")
        .sign();
  }

  @Test
  void saysWhatWasTriedAndWhyEachFailed() throws IOException {
    Path one = directory.resolve("one");
    Path two = publish("two", repository);
    Files.writeString(two.resolve("dists/bookworm/InRelease"), "<html>Please log in</html>");

    assertThatThrownBy(() -> open(source(one, two)))
        .isInstanceOf(KilnException.class)
        .hasMessage(
            String.join(
                "\n",
                "none of the 2 mirrors of the repository debian gives a good"
                    + " dists/bookworm/InRelease. Name another one: --mirror debian=URL.",
                "cannot fetch dists/bookworm/InRelease: "
                    + address(one)
                    + "/dists/bookworm/InRelease there is no such file. Check how the suite bookworm"
                    + " is written, and the address of the repository, which ends before dists/;"
                    + " where it has no dists/ it is a flat one: name its directory as suite, such"
                    + " as './'.",
                address(two)
                    + "/dists/bookworm/InRelease does not start with '-----BEGIN PGP SIGNED"
                    + " MESSAGE-----'. Use another mirror; this one sends a damaged or forged"
                    + " file."));
  }

  @Test
  void refusesAnIndexThatWasTamperedWith() throws IOException {
    Path mirror = publish("tampered", repository);
    tamper(mirror, content -> content[content.length / 2] ^= 1);

    assertThatThrownBy(() -> open(source(mirror)).packages("amd64"))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("cannot fetch " + INDEX + ".xz of debian: ")
        .extracting(failure -> ((KilnException) failure).kind())
        .isEqualTo(KilnException.Kind.INPUT);
  }

  @Test
  void refusesAnIndexOfTheWrongSize() throws IOException {
    Path mirror = publish("short", repository);
    for (Path file : indexes(mirror)) {
      byte[] content = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(content, content.length + 1));
    }

    assertThatThrownBy(() -> open(source(mirror)).packages("amd64"))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("cannot fetch " + INDEX + ".xz of debian: ");
  }

  @Test
  void takesAnIndexFromAnotherMirrorWhereTheOneThatAnsweredHasItNot() throws IOException {
    Path updating = publish("updating", repository);
    for (Path file : indexes(updating)) {
      Files.delete(file);
    }
    Path whole = publish("whole", repository);

    assertThat(open(source(updating, whole)).packages("amd64")).hasSize(1);
  }

  @Test
  void readsAnIndexAgainThatChangedInTheCache() throws IOException {
    MirrorSource source = source(publish("whole", repository));
    open(source).packages("amd64");
    try (var blobs = Files.walk(directory.resolve("cache/blobs"))) {
      for (Path blob : blobs.filter(Files::isRegularFile).toList()) {
        Rot.flip(blob);
      }
    }

    assertThat(open(source).packages("amd64")).hasSize(1);
  }

  private Path publish(String name, SignedRepository published) throws IOException {
    Path root = directory.resolve(name);
    for (Map.Entry<String, byte[]> file : published.files().entrySet()) {
      Path path = root.resolve(file.getKey());
      Files.createDirectories(path.resolve(".."));
      Files.write(path, file.getValue());
    }
    return root;
  }

  private static void tamper(Path mirror, java.util.function.Consumer<byte[]> change)
      throws IOException {
    for (Path file : indexes(mirror)) {
      byte[] content = Files.readAllBytes(file);
      change.accept(content);
      Files.write(file, content);
    }
  }

  private static List<Path> indexes(Path mirror) throws IOException {
    try (var files = Files.walk(mirror.resolve("dists/bookworm/main"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private MirrorSource source(Path... roots) {
    List<URI> addresses = Arrays.stream(roots).map(MirrorSourceTest::address).toList();
    Fetcher fetcher = new Fetcher(new Cache(directory.resolve("cache")), progress, Map.of());
    return new MirrorSource("debian", new Mirrors(Map.of("debian", addresses), Map.of()), fetcher);
  }

  private SignedSuite open(MirrorSource source) {
    return SignedSuite.open(source, repository.suite("main"), Instant.now());
  }

  private static URI address(Path root) {
    return URI.create("file://" + root);
  }
}
