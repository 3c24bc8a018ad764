package dev.kiln.builder.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.kiln.builder.deb.DebBytes;
import dev.kiln.builder.deb.TarBytes;
import dev.kiln.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Packages that a trusted key signed, and that want out of the tree or to fill the disk. */
class HostilePackagesIT extends SmallBakeFixture {
  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void areRefusedAndLeaveNothing(String what, byte[] deb, String because) throws IOException {
    archive.publish(deb);

    assertRefused(
        bake(),
        ExitCode.INPUT,
        "the package sample 1.0-1 (pool/sample.deb) is refused: "
            + because
            + ". Its digest is the lock's, so it was made like this: do not use it, and lock"
            + " another version.");
    assertThat(Path.of("/tmp/kiln-was-here")).doesNotExist();
    assertThat(filesIn("made/ready-deb")).isEmpty();

    archive.publishSound();
    // The lock names the hostile file for ever.
    Files.delete(directory.resolve("small.lock.json"));
    assertGoesAsFarAsASmallArchiveCan(bake());
  }

  static Stream<Arguments> hostile() {
    return Stream.of(
        data(
            "a way up",
            tar().file("./../../tmp/kiln-was-here", "x"),
            "the name './../../tmp/kiln-was-here' leaves the tree by '..'"),
        data(
            "an absolute name",
            tar().file("/tmp/kiln-was-here", "x"),
            "the name '/tmp/kiln-was-here' is absolute"),
        data(
            "a file through a link out of the tree",
            tar().symbolicLink("./out", "/tmp").file("./out/kiln-was-here", "x"),
            "the name 'out/kiln-was-here' goes through a symbolic link of its own"),
        data(
            "an absurd size in a tar header",
            tar().header("./x", '0', "\u0080" + "\u007f".repeat(11), ""),
            "an entry's header has an absurd number"),
        data(
            "more than there is in a tar header",
            tar().header("./x", '0', "77777777777", ""),
            "it is cut off: 8589933567 more bytes were announced"),
        arguments(
            "more than there is in an ar header",
            new DebBytes()
                .member("debian-binary", DebBytes.ascii("2.0\n"))
                .header("control.tar", 9_999_999_999L)
                .raw("Package: sample\n")
                .bytes(),
            "it is cut off: 9999999983 more bytes were announced"),
        arguments(
            "a decompression bomb", DebBytes.bomb(), "it unpacks to more than 87936864 bytes"));
  }

  private static TarBytes tar() {
    return new TarBytes().directory("./");
  }

  private static Arguments data(String what, TarBytes tar, String because) {
    return arguments(what, DebBytes.withData(tar.ended()), because);
  }
}
