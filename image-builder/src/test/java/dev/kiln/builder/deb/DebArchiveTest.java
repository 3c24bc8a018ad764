package dev.kiln.builder.deb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import dev.kiln.lock.LockedPackage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DebArchiveTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"", ".gz", ".xz", ".zst"})
  void acceptsASoundPackageHoweverItIsCompressed(String suffix) throws Exception {
    byte[] deb = DebBytes.sound(suffix);

    assertThatCode(() -> DebArchive.check(written(deb), DebBytes.locked(deb)))
        .doesNotThrowAnyException();
  }

  @Test
  void acceptsMembersForOthers() throws Exception {
    byte[] deb =
        new DebBytes()
            .member("debian-binary", DebBytes.ascii("2.0\n"))
            .member("_builder", DebBytes.ascii("x"))
            .member("control.tar", DebBytes.control(DebBytes.CONTROL))
            .member("data.tar/", DebBytes.data())
            .member("_gpgorigin", DebBytes.ascii("signature"))
            .bytes();

    assertThatCode(() -> DebArchive.check(written(deb), DebBytes.locked(deb)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void refuses(String what, byte[] deb, String because) throws Exception {
    KilnException failure =
        catchThrowableOfType(
            KilnException.class, () -> DebArchive.check(written(deb), DebBytes.locked(deb)));

    assertThat(failure)
        .hasMessageContaining("the package sample 1.0-1 (pool/sample.deb) is refused: ")
        .hasMessageContaining(because);
    assertThat(failure.kind()).isEqualTo(KilnException.Kind.INPUT);
  }

  static Stream<Arguments> hostile() {
    return Stream.of(hostileNames(), hostileLinks(), hostileEntries(), hostileMembers())
        .flatMap(all -> all);
  }

  private static Stream<Arguments> hostileNames() {
    return Stream.of(
        data("an absolute name", tar().file("/etc/passwd", "x"), "'/etc/passwd' is absolute"),
        data("a way up", tar().file("./a/../../b", "x"), "'./a/../../b' leaves the tree by '..'"),
        data("a way up at the end", tar().directory("./a/.."), "leaves the tree by '..'"),
        data("an empty part", tar().file("./a//b", "x"), "has an empty part"),
        data("a dot inside", tar().file("./a/./b", "x"), "has an empty part"),
        data("a file with a slash", tar().file("./a/", "x"), "has an empty part"),
        data("no name", tar().file("", "x"), "an entry has no name"),
        data("a file as root", tar().file("./", "x"), "an entry has no name"),
        data("a control character", tar().file("./a\nb", "x"), "'./a?b' has a control character"),
        data(
            "a long part",
            tar().longName('L', "./" + "a".repeat(256)).file("./a", "x"),
            "too long"),
        data(
            "a long name",
            tar().longName('L', "./" + "a/".repeat(2100)).file("./a", "x"),
            "a name has more than 4096 bytes"),
        data("a name twice", tar().file("./a", "x").file("./a", "y"), "'a' is there twice"),
        data(
            "a directory that becomes a link",
            tar().directory("./a/").symbolicLink("./a", "/etc"),
            "'a' is there twice"),
        data(
            "long names by which an end is hidden",
            tar().longName('L', "./a\0/../../b").file("./a", "x"),
            "a long name does not end as it should"));
  }

  private static Stream<Arguments> hostileLinks() {
    return Stream.of(
        data(
            "a file through a link out of the tree",
            tar().symbolicLink("./out", "/etc").file("./out/passwd", "x"),
            "'out/passwd' goes through a symbolic link of its own"),
        data(
            "a file through a link of a link",
            tar().directory("./a/").symbolicLink("./a/b", "../..").directory("./a/b/c/"),
            "'a/b/c' goes through a symbolic link"),
        data("a file through a file", tar().file("./a", "x").file("./a/b", "y"), "through a file"),
        data(
            "a hard link out of the tree",
            tar().hardLink("./a", "../../etc/shadow"),
            "'../../etc/shadow' leaves the tree"),
        data(
            "a hard link to nothing", tar().hardLink("./a", "./b"), "'b', which is no file before"),
        data(
            "a hard link to a link",
            tar().symbolicLink("./b", "/etc/shadow").hardLink("./a", "./b"),
            "'b', which is no file before it"),
        data(
            "a hard link through a link",
            tar().symbolicLink("./b", "/etc").hardLink("./a", "./b/shadow"),
            "'b/shadow', which is no file before it"),
        data("a link to nowhere", tar().symbolicLink("./a", ""), "'a' points nowhere"));
  }

  private static Stream<Arguments> hostileEntries() {
    byte[] wrongSum = tar().file("./a", "x").ended();
    wrongSum[0] ^= 1;
    return Stream.of(
        data("a character device", tar().header("./dev", '3', 0, ""), "a device or a named pipe"),
        data("a block device", tar().header("./dev", '4', 0, ""), "a device or a named pipe"),
        data("a named pipe", tar().header("./pipe", '6', 0, ""), "a device or a named pipe"),
        data("a PAX header", tar().header("./x", 'x', 0, ""), "a PAX header"),
        data("a sparse file", tar().header("./x", 'S', 0, ""), "a kind that dpkg does not read"),
        data("a directory with bytes", tar().header("./x", '5', 512, ""), "holds bytes"),
        data("an absurd size", tar().header("./x", '0', "77777777777", ""), "it is cut off"),
        data(
            "a negative size",
            tar().header("./x", '0', "\u00ff".repeat(12), ""),
            "a number that is none"),
        data(
            "a size beyond a long",
            tar().header("./x", '0', "\u0080" + "\u007f".repeat(11), ""),
            "an absurd number"),
        data("a size in words", tar().header("./x", '0', "many", ""), "a number that is none"),
        data("a wrong checksum", wrongSum, "a wrong checksum"),
        data("no end", tar().file("./a", "x").unended(), "it is cut off before its end"),
        data("an end within a name", tar().longName('L', "./a").ended(), "ends after a long name"),
        data(
            "files after the end",
            tar().file("./a", "x").raw(new byte[512]).file("./b", "y").ended(),
            "something follows the end of an archive"));
  }

  private static Stream<Arguments> hostileMembers() {
    byte[] sound = DebBytes.sound(".gz");
    return Stream.of(
        arguments("nothing", new byte[0], "it is no ar archive"),
        arguments("a page of HTML", DebBytes.ascii("<html>".repeat(100)), "it is no ar archive"),
        arguments("half a package", Arrays.copyOf(sound, sound.length - 100), "it is cut off"),
        arguments("no data member", Arrays.copyOf(sound, 72), "it ends before its data member"),
        arguments("a byte too many", join(sound, "x"), "something follows its end"),
        arguments("bytes too many", join(sound, "x".repeat(60)), "something follows the last"),
        arguments(
            "a member too many",
            join(sound, "data.tar        0           0     0     100644  0         `\n"),
            "something follows its data member"),
        arguments(
            "another format",
            new DebBytes().member("debian-binary", DebBytes.ascii("3.0\n")).bytes(),
            "its format is not 2.0"),
        arguments(
            "an absurd member",
            new DebBytes().header("debian-binary", 9_999_999_999L).bytes(),
            "its first member is not debian-binary"),
        arguments(
            "no control member",
            new DebBytes()
                .member("debian-binary", DebBytes.ascii("2.0\n"))
                .member("data.tar", DebBytes.data())
                .bytes(),
            "its member data.tar is not known; there should be control.tar"),
        arguments(
            "another compression",
            new DebBytes()
                .member("debian-binary", DebBytes.ascii("2.0\n"))
                .member("control.tar.bz2", new byte[2])
                .bytes(),
            "its member control.tar.bz2 is not known"),
        arguments(
            "a compressed file that is none",
            new DebBytes()
                .member("debian-binary", DebBytes.ascii("2.0\n"))
                .member("control.tar.xz", DebBytes.ascii("no xz at all"))
                .bytes(),
            "its compressed data is damaged"),
        arguments("a compression bomb", DebBytes.bomb(), "it unpacks to more than "),
        control(
            "another name",
            "Package: other\nVersion: 1.0-1\nArchitecture: all\n",
            "its Package is 'other', the lock says 'sample'"),
        control(
            "another version",
            "Package: sample\nVersion: 9\nArchitecture: all\n",
            "its Version is '9'"),
        control(
            "another architecture",
            "Package: sample\nVersion: 1.0-1\nArchitecture: amd64\n",
            "its Architecture is 'amd64'"),
        control(
            "a field twice", DebBytes.CONTROL + "version: 2\n", "the field 'version' stands twice"),
        control("no fields", "", "its control file must be one paragraph of fields"),
        control("no package", "Version: 1.0-1\n", "its Package is ''"),
        arguments(
            "no control file",
            DebBytes.withControl(new TarBytes().file("./postinst", "x").ended()),
            "it has no control file"),
        arguments(
            "a control directory",
            DebBytes.withControl(new TarBytes().directory("./x/").ended()),
            "its control member holds './x/', which is no plain file"),
        arguments(
            "a control link",
            DebBytes.withControl(new TarBytes().symbolicLink("./control", "/etc/shadow").ended()),
            "its control member holds './control', which is no plain file"),
        arguments(
            "an endless control file",
            DebBytes.withControl(DebBytes.control("x".repeat(2 << 20))),
            "its control file has 2097152 bytes"));
  }

  @Test
  void saysThatAFileIsDamagedBeforeItBlamesThePackage() throws Exception {
    byte[] deb = DebBytes.sound(".xz");
    LockedPackage locked = DebBytes.locked(deb);
    Path file = written(Arrays.copyOf(deb, deb.length - 100));

    assertThatThrownBy(() -> DebArchive.check(file, locked))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("the file " + file + " of sample 1.0-1 is " + Digest.of(file))
        .hasMessageContaining("the lock says " + locked.digest());
  }

  @Test
  void countsEntriesAndNames() {
    byte[] deb = DebBytes.sound("");

    assertThatThrownBy(() -> read(deb, new Limits(1 << 20, 10, 6, 1000)))
        .hasMessageContaining("more than 6 files");
    assertThatThrownBy(() -> read(deb, new Limits(1 << 20, 10, 100, 100)))
        .hasMessageContaining("endless names");
    assertThatCode(() -> read(deb, new Limits(1 << 20, 10, 7, 1000))).doesNotThrowAnyException();
  }

  @Test
  void countsUnpackedBytes() {
    byte[] deb = DebBytes.sound(".gz");

    assertThatThrownBy(() -> read(deb, new Limits(3000, 1000, 100, 1000)))
        .hasMessageContaining("it unpacks to more than 3000 bytes");
  }

  @Test
  void handsOnEachMemberUnpacked() throws Exception {
    ByteArrayOutputStream seen = new ByteArrayOutputStream();

    new DebReader(DebBytes.locked(DebBytes.sound(".zst")), Limits.USUAL)
        .read(
            written(DebBytes.sound(".zst")),
            name -> {
              seen.writeBytes(DebBytes.ascii(name + ":"));
              return seen;
            });

    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    expected.writeBytes(DebBytes.ascii("debian-binary:2.0\ncontrol.tar:"));
    expected.writeBytes(DebBytes.control(DebBytes.CONTROL));
    expected.writeBytes(DebBytes.ascii("data.tar:"));
    expected.writeBytes(DebBytes.data());
    assertThat(seen.toByteArray()).isEqualTo(expected.toByteArray());
  }

  private void read(byte[] deb, Limits limits) throws IOException {
    new DebReader(DebBytes.locked(deb), limits)
        .read(written(deb), name -> OutputStream.nullOutputStream());
  }

  private Path written(byte[] deb) throws IOException {
    return Files.write(directory.resolve("sample.deb"), deb);
  }

  private static TarBytes tar() {
    return new TarBytes().directory("./");
  }

  private static Arguments data(String what, TarBytes tar, String because) {
    return data(what, tar.ended(), because);
  }

  private static Arguments data(String what, byte[] tar, String because) {
    return arguments(what, DebBytes.withData(tar), because);
  }

  private static Arguments control(String what, String control, String because) {
    return arguments(what, DebBytes.withControl(DebBytes.control(control)), because);
  }

  private static byte[] join(byte[] bytes, String more) {
    byte[] all = Arrays.copyOf(bytes, bytes.length + more.length());
    System.arraycopy(DebBytes.ascii(more), 0, all, bytes.length, more.length());
    return all;
  }
}
