package dev.kiln.builder.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.cache.Rot;
import dev.kiln.builder.cli.BuilderProgram.Ended;
import dev.kiln.command.ExitCode;
import dev.kiln.manifest.ImageDirectory;
import dev.kiln.manifest.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What stays the same when the world around an image changes, with a warm and with a cold cache.
 */
class RebakeIT {
  private final Instant morning = Instant.now().minus(Duration.ofHours(5));

  @TempDir private Path directory;

  private SmallWorld world;
  private ImageDirectory before;

  @BeforeEach
  void bakeAnImage() throws IOException {
    world = new SmallWorld(directory);
    world.publish(morning);
    before = bake("warm", "before");
  }

  @AfterEach
  void closeTheWorld() {
    world.close();
  }

  @Test
  void keepsEveryOtherLayerWhenTheRepositoryIsSignedAnHourLaterAndOnePinChanged()
      throws IOException {
    world.changeAgent();
    world.publish(morning.plus(Duration.ofHours(1)));

    ImageDirectory warm = bake("warm", "after");
    ImageDirectory cold = bake("cold", "after-from-nothing");

    assertThat(cold.id()).isEqualTo(warm.id()).isNotEqualTo(before.id());
    Map<String, Layer> layers = layers(warm);
    assertThat(layers.keySet()).containsExactly("config", "kubernetes", "os", "runtime");
    assertThat(layers.remove("kubernetes")).isNotEqualTo(layers(before).get("kubernetes"));
    assertThat(layers(before)).containsAllEntriesOf(layers);
    assertThat(warm.manifest().initrd()).isEqualTo(before.manifest().initrd());
    assertThat(made("added-layer")).hasSize(4);
  }

  @Test
  void makesNothingAnewForAToolThatWritesNoBytes() throws IOException {
    world.repack("spare");
    world.publish(morning);

    ImageDirectory after = bake("warm", "after");

    assertThat(lockOf("after")).isNotEqualTo(lockOf("before"));
    assertThat(layers(after)).isEqualTo(layers(before));
    for (String kind : List.of("os-layer", "initrd")) {
      assertThat(made(kind)).as(kind).hasSize(1);
    }
    assertThat(made("base-system")).hasSize(1);
    // That of the layers, and the tools of the initrd, which are not among them. The new kit has
    // nothing to make.
    assertThat(made("kit")).hasSize(2);
  }

  @Test
  void installsTheBaseSystemOnceForAllThatBeginWithIt() throws IOException {
    world.repack("sample");
    world.publish(morning);

    Ended again = bakeAgain("after");

    assertThat(steps(again))
        .contains("assemble/unpack-base", "assemble/install-packages")
        .doesNotContain("assemble/install-base");
    assertThat(made("base-system")).hasSize(1);
    assertThat(made("os-layer")).hasSize(2);
    assertThat(layers(ImageDirectory.read(directory.resolve("after"))).get("os"))
        .isEqualTo(layers(bake("cold", "after-from-nothing")).get("os"));
  }

  @Test
  void installsAnotherBaseSystemWhereOneOfItsPackagesIsAnother() throws IOException {
    world.repack("dash");
    world.publish(morning);

    assertThat(steps(bakeAgain("after"))).contains("assemble/install-base");
    assertThat(made("base-system")).hasSize(2);
  }

  @Test
  void goesThroughItsStepsAndRunsNoToolWhereEverythingWasMadeBefore() throws IOException {
    Ended again = bakeAgain("elsewhere");

    assertThat(again.out()).startsWith(directory.resolve("elsewhere").toString());
    assertThat(steps(again))
        .filteredOn(step -> !step.startsWith("lock/"))
        .containsExactly("lock", "fetch", "initrd", "add", "describe", "write");
    for (String step :
        List.of("lock", "fetch", "assemble", "seal", "initrd", "add", "describe", "write")) {
      assertThat(new BuilderProgram(directory).run("bake", "--help").out()).contains(step);
    }
  }

  @Test
  void comparesBytesAndDoesNothingElseWhereNothingChanged() {
    Ended again = bakeAgain("before");

    assertThat(again.out())
        .isEqualTo(directory.resolve("before") + " " + before.id() + System.lineSeparator());
    assertThat(again.untimed())
        .startsWith(
            "bake=world nothing that this call reads changed since it baked "
                + directory.resolve("before")
                + "\n");
    assertThat(steps(again)).containsExactly("check");
  }

  /**
   * All of what it may not overlook; the image is left as it is, and told of where it was there.
   */
  @Test
  void looksCloserWhereAnythingChanged() throws IOException {
    Path lock = directory.resolve("world.lock.json");
    Path keys = directory.resolve("keys.gpg");
    Map<Path, byte[]> additions =
        Map.of(
            directory.resolve(SmallWorld.PROFILE),
            "# A comment.\n".getBytes(UTF_8),
            lock,
            "\n".getBytes(UTF_8),
            keys,
            Files.readAllBytes(keys));
    for (Path changed : additions.keySet()) {
      byte[] right = Files.readAllBytes(changed);
      Files.write(changed, additions.get(changed), StandardOpenOption.APPEND);

      Ended again = bakeAgain("before");

      assertThat(again.out()).as("%s", changed).contains(before.id().toString());
      assertThat(steps(again)).as("%s", changed).contains("write").doesNotContain("check");
      // It has seen the change, and knows it from now on.
      assertThat(steps(bakeAgain("before"))).as("%s", changed).containsExactly("check");
      Files.write(changed, right);
    }
    Files.delete(lock);
    assertThat(steps(bakeAgain("before"))).contains("lock");
    assertThat(lock).exists();
  }

  @Test
  void saysSoWhereTheImageWasChangedSinceItWasBaked() throws IOException {
    Rot.flip(directory.resolve("before/os.squashfs"));

    Ended again =
        BuilderProgram.end(
            new BuilderProgram(directory).start(world.bake(directory.resolve("warm"), "before")));

    assertThat(again.exitCode()).isEqualTo(ExitCode.INPUT.code());
    assertThat(again.err()).contains("that image is not what it was: it is baked again\n");
    assertThat(again.words()).contains("already holds this image, but damaged: ");
  }

  @Test
  void refusesWhatItRefusesAlsoWhereNothingElseChanged() throws IOException {
    BuilderProgram builder = new BuilderProgram(directory);
    BakeBench.succeed(builder.run("keygen", "--output", "release.key"));
    List<String> call =
        Stream.concat(
                world.bake(directory.resolve("warm"), "before").stream(),
                Stream.of("--sign=release.key"))
            .toList();
    BakeBench.succeed(BuilderProgram.end(builder.start(call)));
    assertThat(steps(BuilderProgram.end(builder.start(call)))).containsExactly("check");

    Path key = directory.resolve("release.key");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    Ended open = BuilderProgram.end(builder.start(call));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    Path mirrors = directory.resolve("config/kiln/mirrors.yaml");
    Files.createDirectories(mirrors.resolveSibling(""));
    Files.writeString(mirrors, "mirror: one");
    Ended noMirrors = BuilderProgram.end(builder.start(call));

    assertThat(open.exitCode()).isEqualTo(ExitCode.INPUT.code());
    assertThat(open.words()).contains("may be read or written by others");
    assertThat(noMirrors.exitCode()).isEqualTo(ExitCode.INPUT.code());
    assertThat(noMirrors.words()).contains("mirrors.yaml");
  }

  @Test
  void bakesAnImageAgainThatWasRemoved() throws IOException {
    Files.move(directory.resolve("before"), directory.resolve("removed"));

    Ended again = bakeAgain("before");

    assertThat(steps(again)).contains("check", "write");
    assertThat(ImageDirectory.read(directory.resolve("before")).id()).isEqualTo(before.id());
  }

  @Test
  void beginsToFetchPinsBeforeTheLockIsMade() throws IOException {
    world.changeAgent();
    world.publish(morning);
    world.giveIndexesAfterTheAgent();

    assertThat(bake("warm", "after").id()).isNotEqualTo(before.id());
  }

  private static List<String> steps(Ended ended) {
    return ended
        .untimed()
        .lines()
        .filter(line -> line.endsWith(" …"))
        .map(line -> line.replaceAll("^bake=world step=(.*) …$", "$1"))
        .toList();
  }

  @Test
  void tellsWhatMovesAndWritesItToTheLock() throws IOException {
    String lock = Files.readString(directory.resolve("world.lock.json"));
    world.changeAgent();
    world.publishPinsAlone();

    Ended again = bakeAgain("moved");

    assertThat(again.err())
        .contains("bake=world agent v1 → v1: the profile says so, with other bytes\n");
    assertThat(Files.readString(directory.resolve("world.lock.json"))).isNotEqualTo(lock);
  }

  private Ended bakeAgain(String output) {
    return BakeBench.succeed(
        BuilderProgram.end(
            new BuilderProgram(directory).start(world.bake(directory.resolve("warm"), output))));
  }

  /** Programs packed again: keys change, and what they stand for does not. */
  @Test
  void givesTheSameBytesUnderOtherKeys() throws IOException {
    world.repack("spare");
    world.repack("busybox-static");
    world.repack("squashfs-tools");
    world.publish(morning);

    ImageDirectory after = bake("warm", "after");

    assertThat(made("os-layer")).hasSize(2);
    assertThat(made("added-layer")).hasSize(6);
    assertThat(layers(after)).isEqualTo(layers(before));
    assertThat(after.manifest().initrd()).isEqualTo(before.manifest().initrd());
  }

  private ImageDirectory bake(String cache, String output) {
    BakeBench.succeed(
        BuilderProgram.end(
            new BuilderProgram(directory).start(world.bake(directory.resolve(cache), output))));
    return ImageDirectory.read(directory.resolve(output));
  }

  private String lockOf(String image) throws IOException {
    return Files.readString(directory.resolve(image).resolve("lock.json"));
  }

  private List<Path> made(String kind) throws IOException {
    try (Stream<Path> entries = Files.list(directory.resolve("warm/made").resolve(kind))) {
      return entries.toList();
    }
  }

  private static Map<String, Layer> layers(ImageDirectory image) {
    Map<String, Layer> layers = new TreeMap<>();
    image.manifest().layers().forEach(layer -> layers.put(layer.name(), layer));
    return layers;
  }
}
