package dev.kiln.builder.repeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.builder.output.TestImage;
import dev.kiln.file.Digest;
import dev.kiln.file.InputFiles;
import dev.kiln.manifest.ImageDirectory;
import dev.kiln.manifest.ImageFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** When a call of bake is answered by what its last one left. */
class RepeatBakeTest {
  private static final BakeCall CALL =
      new BakeCall(
          Path.of("/work"),
          "mine.yaml",
          "default",
          List.of(),
          false,
          Optional.empty(),
          Set.of("NETBOOT"),
          Optional.empty(),
          Optional.empty());

  @TempDir private Path directory;
  private Path profile;
  private Path absent;
  private ImageDirectory image;

  @BeforeEach
  void bake() throws IOException {
    profile = Files.writeString(directory.resolve("mine.yaml"), "name: mine");
    absent = directory.resolve("base.yaml");
    image = TestImage.write(directory.resolve("image"));
    InputFiles inputs = new InputFiles();
    inputs.read(profile, Files.readAllBytes(profile));
    inputs.missed(absent);
    repeat(CALL).remember("mine", image, inputs);
  }

  @Test
  void answersTheSameCallWithTheImageItLeft() throws IOException {
    PastBake past = repeat(CALL).find().orElseThrow();

    assertThat(past.profile()).isEqualTo("mine");
    assertThat(past.place()).isEqualTo(image.path());
    assertThat(past.id()).isEqualTo(image.id());
    assertThat(past.imageIsIntact()).isTrue();
  }

  @Test
  void keepsItsRecordFromOthersEyes() {
    assertThat(permissions(record())).isEqualTo("rw-------");
  }

  @Test
  void doesNotAnswerWhereAFileItReadHasOtherBytes() throws IOException {
    Files.writeString(profile, "name: else");

    assertThat(repeat(CALL).find()).isEmpty();
  }

  @Test
  void doesNotAnswerWhereAFileItReadIsGoneOrSomethingElse() throws IOException {
    Files.delete(profile);
    assertThat(repeat(CALL).find()).isEmpty();

    Files.createDirectory(profile);
    assertThat(repeat(CALL).find()).isEmpty();
  }

  @Test
  void doesNotAnswerWhereAFileAppearedThatItWouldHaveRead() throws IOException {
    Files.writeString(absent, "name: base");

    assertThat(repeat(CALL).find()).isEmpty();
  }

  @Test
  void doesNotAnswerForAnotherProgram() throws IOException {
    Files.writeString(
        record(),
        Files.readString(record())
            .replace(ThisProgram.digest().toString(), Digest.of("another").toString()));

    assertThat(repeat(CALL).find()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("otherCalls")
  void doesNotAnswerAnotherCall(BakeCall other) {
    assertThat(repeat(other).find()).isEmpty();
  }

  static Stream<BakeCall> otherCalls() {
    Path a = Path.of("a");
    Optional<Path> some = Optional.of(a);
    Optional<Path> none = Optional.empty();
    Set<String> netboot = CALL.outputs();
    Set<String> another = Set.of("NETBOOT", "DISK");
    return Stream.of(
        new BakeCall(a, "mine.yaml", "default", List.of(), false, none, netboot, none, none),
        new BakeCall(
            CALL.directory(), "a.yaml", "default", List.of(), false, none, netboot, none, none),
        new BakeCall(
            CALL.directory(), "mine.yaml", "cn", List.of(), false, none, netboot, none, none),
        new BakeCall(
            CALL.directory(),
            "mine.yaml",
            "default",
            List.of("a"),
            false,
            none,
            netboot,
            none,
            none),
        new BakeCall(
            CALL.directory(), "mine.yaml", "default", List.of(), true, none, netboot, none, none),
        new BakeCall(
            CALL.directory(), "mine.yaml", "default", List.of(), false, some, netboot, none, none),
        new BakeCall(
            CALL.directory(), "mine.yaml", "default", List.of(), false, none, netboot, some, none),
        new BakeCall(
            CALL.directory(), "mine.yaml", "default", List.of(), false, none, netboot, none, some),
        new BakeCall(
            CALL.directory(), "mine.yaml", "default", List.of(), false, none, another, none, none));
  }

  @Test
  void doesNotAnswerWhereItsRecordIsCutOffAnywhere() throws IOException {
    byte[] whole = Files.readAllBytes(record());
    for (int length = 0; length < whole.length - 1; length++) {
      Files.write(record(), Arrays.copyOf(whole, length));

      assertThat(repeat(CALL).find()).as("%d bytes", length).isEmpty();
    }
  }

  @Test
  void seesEveryChangeOfTheImage() throws IOException {
    PastBake past = repeat(CALL).find().orElseThrow();
    for (ImageFile file : past.files()) {
      Path path = image.file(file);
      byte[] right = Files.readAllBytes(path);
      byte[] wrong = right.clone();
      wrong[wrong.length / 2] ^= 1;

      Files.write(path, wrong);
      assertThat(past.imageIsIntact()).as("%s changed", path).isFalse();
      Files.write(path, Arrays.copyOf(right, right.length - 1));
      assertThat(past.imageIsIntact()).as("%s shortened", path).isFalse();
      Path elsewhere = Files.write(directory.resolve("elsewhere"), right);
      Files.delete(path);
      assertThat(past.imageIsIntact()).as("%s gone", path).isFalse();
      Files.createSymbolicLink(path, elsewhere);
      assertThat(past.imageIsIntact()).as("%s a link", path).isFalse();

      Files.delete(path);
      Files.write(path, right);
      assertThat(past.imageIsIntact()).isTrue();
    }
    Files.writeString(image.path().resolve("more"), "more");
    assertThat(past.imageIsIntact()).isFalse();
  }

  @Test
  void isNoAnswerWithoutTheManifestThatTheIdIsOf() {
    PastBake past = repeat(CALL).find().orElseThrow();

    assertThatThrownBy(
            () ->
                new PastBake(
                    past.program(),
                    past.profile(),
                    Digest.of("another"),
                    past.place(),
                    past.inputs(),
                    past.files()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void remembersNothingWhereItCannotAndSaysNothing() throws IOException {
    Path cache = Files.writeString(directory.resolve("no-directory"), "");

    RepeatBake repeat = new RepeatBake(cache, CALL);
    repeat.remember("mine", image, new InputFiles());

    assertThat(repeat.find()).isEmpty();
  }

  @Test
  void remembersNoPathThatWouldBreakItsLines() {
    InputFiles inputs = new InputFiles();
    inputs.missed(Path.of("/one\nsha256:two"));
    BakeCall call = otherCalls().findFirst().orElseThrow();

    repeat(call).remember("mine", image, inputs);

    assertThat(directory.resolve("cache/bakes").resolve(call.digest().hex())).doesNotExist();
  }

  private RepeatBake repeat(BakeCall call) {
    return new RepeatBake(directory.resolve("cache"), call);
  }

  private Path record() {
    return directory.resolve("cache/bakes").resolve(CALL.digest().hex());
  }

  private static String permissions(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
