package dev.kiln.builder.distro.debian.source;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.builder.lock.SampleLock;
import dev.kiln.builder.source.Samples;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import dev.kiln.lock.LockedSource.SourceFile;
import dev.kiln.lock.LockedSource.SourcePackage;
import dev.kiln.profile.Build;
import dev.kiln.profile.Making;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceCheckTest {
  private static final byte[] ARCHIVE = {1, 2, 3};

  @TempDir Path directory;

  @Test
  void acceptsADescriptionThatAgreesWithTheLock() throws IOException {
    check(dsc("tool", "1.0", "tool_1.0.tar.gz"), archive("tool_1.0.tar.gz"));
  }

  @Test
  void namesEveryDifferenceAtOnce() {
    assertThatThrownBy(
            () -> check(dsc("loot", "2.0", "tool_2.0.tar.gz"), archive("tool_1.0.tar.gz")))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("is of the source package loot, not tool")
        .hasMessageContaining("has the version 2.0, not 1.0")
        .hasMessageContaining("says something else about tool_1.0.tar.gz than the lock")
        .hasMessageContaining("names tool_2.0.tar.gz, which is not in the lock")
        .hasMessageContaining("builder lock");
  }

  @Test
  void refusesAnotherDigestOfAFile() {
    SourceFile other =
        new SourceFile(SampleLock.INDEX, "pool/tool_1.0.tar.gz", 3, Digest.of("other"));

    assertThatThrownBy(() -> check(dsc("tool", "1.0", "tool_1.0.tar.gz"), other))
        .hasMessageContaining("says something else about tool_1.0.tar.gz");
  }

  private void check(String dsc, SourceFile archive) throws IOException {
    Path file = Files.writeString(directory.resolve("blob"), dsc);
    SourceFile description =
        Samples.sourceFile("tool_1.0.dsc", dsc.getBytes(StandardCharsets.UTF_8));
    Build wanted = Samples.build("make", "tool");
    new SourceCheck(
            wanted,
            (Making.OfPackage) wanted.making(),
            new SourcePackage("tool", "1.0", List.of(description, archive)))
        .check(file);
  }

  private static SourceFile archive(String name) {
    return Samples.sourceFile(name, ARCHIVE);
  }

  private static String dsc(String source, String version, String archive) {
    return "Source: %s\nVersion: %s\nChecksums-Sha256:\n %s 3 %s\n"
        .formatted(source, version, Digest.of(ARCHIVE).hex(), archive);
  }
}
