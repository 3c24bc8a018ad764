package dev.kiln.builder.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.cache.CacheEntry;
import dev.kiln.builder.cache.CachedFile;
import dev.kiln.builder.packages.ReadyPackage;
import dev.kiln.failure.KilnException;
import dev.kiln.lock.LockedBuild;
import dev.kiln.lock.LockedPackage;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds a small source package with a real toolchain in the real sandbox. */
class BuildPinIT {
  private static final String COPY = "cp /usr/bin/true \"$OUTPUT/tool\"\n";

  @TempDir static Path scratch;
  @TempDir Path directory;

  private static Workshop workshop;
  private static List<LockedPackage> toolchain;
  private static List<ReadyPackage> ready;

  private Cache cache;
  private SmallSource source;
  private LockedBuild locked;

  @BeforeAll
  static void openWorkshop() {
    workshop = Workshop.open("debian12-source", scratch);
    toolchain = workshop.toolchainWithoutCompiler();
    ready = workshop.ready(toolchain);
  }

  @BeforeEach
  void writeSource() throws IOException {
    cache = new Cache(directory.resolve("cache"));
    source = SmallSource.write(directory);
    locked = source.locked(toolchain);
  }

  @Test
  void runsTheCommandsInTheUnpackedSourceAndKeepsTheOutputs() throws IOException {
    CacheEntry built =
        build(
            """
            [ "$(cat text)" = 'what the source says' ]
            [ "$VERSION $SOURCE_DATE_EPOCH" = 'v1.0 1767225600' ]
            """
                + COPY);

    assertThat(built.path().resolve("tool")).isExecutable();
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void showsTheCommandsNoNetworkAndNothingOfTheHost() throws IOException {
    build(
        """
        [ "$(sed -n '3,$s/:.*//p' /proc/net/dev | tr -d ' ')" = lo ]
        # PWD and OLDPWD are the shell's own.
        [ "$(env | sed 's/=.*//' | grep -v PWD | sort | tr '\\n' ' ')" = \
          'HOME LC_ALL OUTPUT PATH SOURCE_DATE_EPOCH TMPDIR TZ VERSION ' ]
        [ ! -e %s ]
        # Debian's own directories, with nothing in them.
        for path in /home /root /sys; do [ -z "$(ls -A "$path")" ]; done
        """
                .formatted(directory)
            + COPY);
  }

  @Test
  void takesFromTheCacheWhatWasBuiltBeforeWithoutAskingForAnyInput() throws IOException {
    CacheEntry built = build(COPY);

    assertThat(fromTheCache(COPY)).isEqualTo(built);
    assertThatThrownBy(() -> fromTheCache("# other\n" + COPY))
        .isInstanceOf(AssertionError.class)
        .hasMessage("nothing has to be fetched");
  }

  @Test
  void tellsTheEndOfTheLogAndItsPlaceWhenACommandFails() throws IOException {
    assertThatThrownBy(() -> build("echo 'the compiler is unhappy' >&2\nfalse\n" + COPY))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("the build 'tool' ended with status 1")
        .hasMessageContaining("the compiler is unhappy")
        .hasMessageContaining(cache.root().resolve("logs/build-tool-").toString());

    assertThat(leftovers()).isEmpty();
    try (Stream<Path> logs = Files.list(cache.root().resolve("logs"))) {
      assertThat(logs.toList())
          .singleElement()
          .satisfies(log -> assertThat(log).content().contains("the compiler is unhappy"));
    }
  }

  @Test
  void refusesAnythingButTheDeclaredOutputs() throws IOException {
    assertThatThrownBy(() -> build(COPY + "cp \"$OUTPUT/tool\" \"$OUTPUT/spare\"\n"))
        .hasMessageContaining("are no outputs: spare");
    assertThatThrownBy(() -> build("cp text \"$OUTPUT/tool\"\n"))
        .hasMessageContaining("which is no 64-bit ELF program");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void takesNothingOfTheHostWhereTheBuildsDirectoryBecameALink() throws IOException {
    Path secret = Files.createDirectories(directory.resolve("host/output")).resolve("tool");
    Files.copy(Path.of("/bin/sh"), secret);

    assertThatThrownBy(
            () -> build("mv /build /moved\nln -s " + directory.resolve("host") + " /build\n"))
        .hasMessageContaining("left no 'tool' in $OUTPUT");

    assertThat(secret).exists();
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void namesThePackageWithoutWhichNothingCanBeUnpacked() throws IOException {
    List<LockedPackage> without =
        toolchain.stream().filter(each -> !each.name().equals("dpkg-dev")).toList();
    LockedBuild lame = source.locked(without);
    List<CachedFile> files = source.files();

    assertThatThrownBy(
            () ->
                pin()
                    .build(
                        Samples.build(COPY, "tool"),
                        lame,
                        wanted -> new BuildInputs.OfPackage(files, workshop.ready(without))))
        .hasMessageContaining("has no /usr/bin/dpkg-source")
        .hasMessageContaining("Add dpkg-dev");
  }

  @Test
  void finishesRightAfterBeingKilledAtAnyStep() throws Exception {
    String commands = "echo begun\nsleep 1\n" + COPY;
    BuildWorker.prepare(directory, locked, ready, commands);
    int steps = 0;

    for (boolean killed = true; killed; steps++) {
      killed = runWorkerAndKillItAfter(steps);
    }

    // check, assemble, run and keep begin and end with a line each.
    assertThat(steps).isGreaterThan(8);
    cache = new Cache(directory.resolve("cache"));
    assertThat(fromTheCache(commands).path().resolve("tool")).isExecutable();
    assertThat(leftovers()).isEmpty();
  }

  /** Whether it had to be killed: false when it was done before. */
  private boolean runWorkerAndKillItAfter(int lines) throws Exception {
    Process worker =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                BuildWorker.class.getName(),
                directory.toString(),
                workshop.kitDirectory().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = worker.inputReader()) {
      for (int line = 0; line <= lines; line++) {
        if (output.readLine() == null) {
          assertThat(worker.waitFor()).isZero();
          return false;
        }
      }
      worker.destroyForcibly();
      worker.waitFor();
      return true;
    }
  }

  private CacheEntry build(String commands) throws IOException {
    BuildInputs inputs = new BuildInputs.OfPackage(source.files(), ready);
    return pin().build(Samples.build(commands, "tool"), locked, wanted -> inputs);
  }

  private CacheEntry fromTheCache(String commands) {
    return pin()
        .build(
            Samples.build(commands, "tool"),
            locked,
            wanted -> {
              throw new AssertionError("nothing has to be fetched");
            });
  }

  private BuildPin pin() {
    return new BuildPin(cache, workshop::kit, Workshop.FORMATS, workshop.progress());
  }

  private List<Path> leftovers() {
    try (Stream<Path> scratches = Files.list(cache.root().resolve("tmp"))) {
      return scratches.toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
