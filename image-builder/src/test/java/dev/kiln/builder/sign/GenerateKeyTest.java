package dev.kiln.builder.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateKeyTest {
  @TempDir Path directory;

  @Test
  void writesAPrivateKeyOnlyItsOwnerMayReadAndThePublicHalfBesideIt() throws IOException {
    var generated = GenerateKey.generate(directory.resolve("release.key"));

    assertThat(mode("release.key")).isEqualTo("rw-------");
    assertThat(mode("release.key.pub")).isEqualTo("rw-r--r--");
    assertThat(generated.completed()).isFalse();
    assertThat(VerifyingKey.read(directory.resolve("release.key.pub")).id())
        .isEqualTo(SigningKey.read(directory.resolve("release.key")).verifyingKey().id())
        .isEqualTo(generated.id());
    try (var files = Files.list(directory)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void makesADifferentKeyEachTime() {
    assertThat(GenerateKey.generate(directory.resolve("a")).id())
        .isNotEqualTo(GenerateKey.generate(directory.resolve("b")).id());
  }

  @Test
  void neverReplacesAKey() throws IOException {
    Path file = directory.resolve("release.key");
    GenerateKey.generate(file);
    byte[] before = Files.readAllBytes(file);

    assertThatThrownBy(() -> GenerateKey.generate(file))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("is there already, and a key is never replaced");
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void neverReplacesThePublicHalfOfAKeyThatIsKeptElsewhere() throws IOException {
    Files.writeString(directory.resolve("release.key.pub"), "somebody's");

    assertThatThrownBy(() -> GenerateKey.generate(directory.resolve("release.key")))
        .hasMessageContaining("release.key.pub is there already");
    assertThat(directory.resolve("release.key.pub")).hasContent("somebody's");
    assertThat(directory.resolve("release.key")).doesNotExist();
  }

  @Test
  void completesAPairThatWasInterrupted() throws IOException {
    var first = GenerateKey.generate(directory.resolve("release.key"));
    Files.delete(directory.resolve("release.key.pub"));

    var second = GenerateKey.generate(directory.resolve("release.key"));

    assertThat(second.completed()).isTrue();
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(directory.resolve("release.key.pub")).isRegularFile();
  }

  private String mode(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name)));
  }
}
