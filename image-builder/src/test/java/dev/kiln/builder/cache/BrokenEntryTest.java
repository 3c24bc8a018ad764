package dev.kiln.builder.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from a cache is what came in, or it is said to be broken. */
class BrokenEntryTest extends CacheFixture {
  @Test
  void readsWhatIsSound() throws Exception {
    Path copy = directory.resolve("copy");

    tree.file("bin/tool").copyTo(copy, PosixFilePermissions.fromString("rw-r-----"));
    tree.check();
    file.check();
    CachedFile.checkAll(List.of(blobFile(), file.file()));

    assertThat(copy).hasContent("a tool");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
        .isEqualTo("rw-r-----");
    assertThat(file.file().read(4)).asString().isEqualTo("made");
    assertThat(file.file().size()).isEqualTo(4);
    assertThat(file.file().digest()).isEqualTo(Digest.of("made"));
    assertThat(blobFile().read(100)).asString().isEqualTo(BLOB);
  }

  @Test
  void findsAChangedBitHoweverAFileIsRead() throws Exception {
    Rot.flip(tree.path().resolve("bin/tool"));
    CachedFile tool = tree.file("bin/tool");

    assertBroken("kit", "bin/tool was changed", tool::check);
    assertBroken("kit", "bin/tool was changed", tree::check);
    assertBroken("kit", "bin/tool was changed", () -> tool.read(100));
    assertBroken(
        "kit",
        "bin/tool was changed",
        () -> tool.copyTo(directory.resolve("copy"), PosixFilePermissions.fromString("rw-r--r--")));
    assertBroken(
        "kit",
        "bin/tool was changed",
        () -> {
          try (InputStream in = tool.open()) {
            in.skipNBytes(6);
            in.read();
          }
        });
  }

  @Test
  void findsAChangedBlob() throws Exception {
    Rot.flip(blob);

    assertThatThrownBy(() -> blobFile().check())
        .isInstanceOf(BrokenEntry.class)
        .hasMessage(
            "the cache's blob "
                + Digest.of(BLOB).hex().substring(0, 12)
                + " is broken (its content was changed)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "mad", "made, and more"})
  void findsAFileOfAnotherSize(String content) throws Exception {
    Rot.replace(file.path(), content.getBytes(UTF_8));

    assertBroken("initrd", "its content was changed", () -> file.file().read(100));
    assertBroken("initrd", "its content was changed", file::check);
  }

  @Test
  void findsWhatIsMissingOrWasAddedOrIsOfAnotherKind() throws Exception {
    Path tool = tree.path().resolve("bin/tool");

    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertBroken("kit", "bin/tool was changed", tree::check);

    Files.delete(tool);
    assertBroken("kit", "bin/tool is missing", tree::check);
    assertBroken("kit", "bin/tool is missing", () -> tree.file("bin/tool").read(100));

    Files.createSymbolicLink(tool, Path.of("/etc/passwd"));
    assertBroken("kit", "bin/tool was changed", tree::check);
    assertThatThrownBy(() -> tree.file("bin/tool").check()).isInstanceOf(BrokenEntry.class);
  }

  @Test
  void findsAnAddedFileAndAnotherTargetOfALink() throws Exception {
    Path added = Files.createFile(tree.path().resolve("empty/added"));
    assertBroken("kit", "empty/added was added", tree::check);
    Files.delete(added);

    Path link = tree.path().resolve("bin/link");
    Files.delete(link);
    Files.createSymbolicLink(link, Path.of("other"));
    assertBroken("kit", "bin/link was changed", tree::check);
  }

  @Test
  void takesAFileThatWasNotRecordedForNone() {
    assertBroken("kit", "it has no bin/other", () -> tree.file("bin/other").read(100));
    assertBroken("kit", "it is no file", () -> tree.file().check());
    assertBroken("initrd", "its content has more than 3 bytes", () -> file.file().read(3));
  }

  @Test
  void believesNoEntryWhoseContentIsGone() throws Exception {
    Files.delete(file.path());

    assertThat(cache.findEntry("initrd", KEY)).isPresent();
    assertBroken("initrd", "its content is missing", file::check);
    assertBroken("initrd", "its content is missing", () -> file.file().check());
  }

  @Test
  void believesNoEntryWithoutARecord() throws Exception {
    Files.delete(file.directory().resolve("record.json"));

    assertBroken("initrd", "its record is missing", file::check);
    assertBroken("initrd", "its record is missing", () -> file.file().size());
  }

  @Test
  void believesNoRecordThatIsCutOffAnywhere() throws Exception {
    Path record = file.directory().resolve("record.json");
    byte[] whole = Files.readAllBytes(record);

    // The line feed at its end is no part of the JSON.
    for (int length = 0; length < whole.length - 1; length++) {
      Rot.replace(record, Arrays.copyOf(whole, length));
      assertBroken("initrd", "its record is damaged", file::check);
    }
  }

  @Test
  void believesNoRecordWithAChangedBit() throws Exception {
    Path record = file.directory().resolve("record.json");
    byte[] whole = Files.readAllBytes(record);

    for (int i = 0; i < whole.length; i++) {
      // Blanks between values are nothing that could be wrong.
      if (whole[i] > ' ') {
        byte[] changed = whole.clone();
        changed[i] ^= 1;
        Rot.replace(record, changed);
        assertThatThrownBy(file::check).as("byte %d", i).isInstanceOf(BrokenEntry.class);
      }
    }
  }

  @Test
  void believesNoRecordThatIsTooLong() throws Exception {
    Path record = file.directory().resolve("record.json");
    Rot.replace(record, (Files.readString(record) + " ".repeat(32 << 20)).getBytes(UTF_8));

    assertBroken("initrd", "its record is damaged", file::check);
  }

  @Test
  void saysThatTheDiskFailedWhereItDid() {
    KilnException refused =
        (KilnException)
            BrokenEntry.of(tree.item(), "bin/tool", new AccessDeniedException("bin/tool"));
    RuntimeException failed =
        BrokenEntry.of(tree.item(), "bin/tool", new IOException("Input/output error"));

    assertThat(refused.kind()).isEqualTo(KilnException.Kind.IO);
    assertThat(failed)
        .isInstanceOf(BrokenEntry.class)
        .hasMessageContaining("bin/tool cannot be read: Input/output error");
  }

  private static void assertBroken(String kind, String what, ThrowingCallable reading) {
    assertThatThrownBy(reading)
        .isInstanceOf(BrokenEntry.class)
        .hasMessage("the cache's %s %s is broken (%s)", kind, KEY.hex().substring(0, 12), what);
  }
}
