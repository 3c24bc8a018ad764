package dev.kiln.builder.distro.debian.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.file.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IndexEntryTest {
  private static final PackageOrigin ORIGIN =
      new PackageOrigin("debian", "bookworm", PackageOrigin.ORDINARY);
  private static final RelationParser PARSER = new RelationParser("amd64");

  @Test
  void isTheSamePackageWhenItIsMadeAgainFromItsRelations() throws IOException {
    IndexEntry entry =
        entry(
            """
        Essential: yes
        Protected: yes
        Priority: required
        Multi-Arch: foreign
        Pre-Depends: p (>= 1)
        Depends: d [amd64] | e,
         f:any
        Recommends: r
        Suggests: s
        Conflicts: c
        Breaks: b (<< 2)
        Provides: v (= 3), w
        """);
    BinaryPackage read = entry.read(PARSER);

    IndexEntry again = again(entry, entry.relations());

    assertThat(again.read(PARSER)).isEqualTo(read);
    assertThat(again.provides()).isEqualTo(entry.provides());
    assertThat(again.relations()).isEqualTo(entry.relations()).isEqualTo(read.relations());
    assertThat(again.hasBytesOf(entry)).isTrue();
  }

  @Test
  void keepsOnlyTheRelationsThatAreThereAsTheIndexWritesThem() throws IOException {
    IndexEntry entry = entry("Depends: libc6 (>= 2.36) | x [!arm64]\nReplaces: y\nBreaks: \n");

    assertThat(entry.relations())
        .containsExactly(Map.entry("Depends", "libc6 (>= 2.36) | x [!arm64]"));
  }

  @Test
  void refusesRelationsThatWouldBeReadBackAsSomethingElse() throws IOException {
    IndexEntry entry = entry("");

    assertThatThrownBy(() -> again(entry, Map.of("Depends", "a\nEssential: yes")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the field Depends must be one line of text");
    assertThatThrownBy(() -> again(entry, Map.of("Filename", "pool/other.deb")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'Filename' is no field of relations");
  }

  private static IndexEntry again(IndexEntry entry, Map<String, String> relations) {
    return IndexEntry.of(
        "a", "1", "amd64", "pool/a.deb", 5, Digest.of("a"), relations, entry.origin());
  }

  private static IndexEntry entry(String fields) throws IOException {
    String text =
        "Package: a\nVersion: 1\nArchitecture: amd64\n%sFilename: pool/a.deb\nSize: 5\nSHA256: %s\n"
            .formatted(fields, Digest.of("a").hex());
    return PackageIndex.read(
            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), ORIGIN)
        .get(0);
  }
}
