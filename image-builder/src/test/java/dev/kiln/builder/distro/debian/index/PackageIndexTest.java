package dev.kiln.builder.distro.debian.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackageIndexTest {
  private static final PackageOrigin ORIGIN =
      new PackageOrigin("debian", "bookworm", PackageOrigin.ORDINARY);
  private static final String DIGEST = "a".repeat(64);

  @Test
  void readsAPackageWithEverythingKilnUses() throws IOException {
    BinaryPackage a =
        read("""
                Package: a
                Source: a-source
                Version: 1:2.0-1
                Maintainer: J. Ö. <j@example.org>
                Architecture: amd64
                Essential: yes
                Priority: required
                Multi-Arch: allowed
                Pre-Depends: p (>= 1)
                Depends: d | e,
                 f
                Conflicts: c
                Breaks: b (<< 2)
                Provides: v (= 3), w
                Description: text
                 Depends: not a field
                Filename: pool/main/a/a_2.0-1_amd64.deb
                Size: 1234
                SHA256: %s
                """
                .formatted(DIGEST))
            .get(0)
            .read(new RelationParser("amd64"));

    assertThat(a.toString()).isEqualTo("a 1:2.0-1");
    assertThat(a.essential()).isTrue();
    assertThat(a.priority()).isEqualTo(BinaryPackage.Priority.REQUIRED);
    assertThat(a.multiArch()).isEqualTo(BinaryPackage.MultiArch.ALLOWED);
    assertThat(a.preDepends()).hasToString("[p (>= 1)]");
    assertThat(a.depends()).hasToString("[d | e, f]");
    assertThat(a.conflicts()).hasToString("[c]");
    assertThat(a.breaks()).hasToString("[b (<< 2)]");
    assertThat(a.provides()).hasSize(2);
    assertThat(a.path()).isEqualTo("pool/main/a/a_2.0-1_amd64.deb");
    assertThat(a.size()).isEqualTo(1234);
    assertThat(a.digest().hex()).isEqualTo(DIGEST);
    assertThat(a.origin()).isEqualTo(ORIGIN);
  }

  @Test
  void readsManyParagraphsAndFieldsOfThem() throws IOException {
    List<IndexEntry> entries =
        read("Package: a\nVersion: 1\nProvides: x\n\n\nPackage: b\nVersion: 2\n");

    assertThat(entries).extracting(IndexEntry::name).containsExactly("a", "b");
    assertThat(entries.get(0).field("Provides")).contains("x");
    assertThat(entries.get(1).field("Provides")).isEmpty();
  }

  /** Nobody asks for what has no name: the others are not lost with it. */
  @Test
  void readsParagraphsBesideOneWithoutAName() throws IOException {
    List<IndexEntry> entries = read("Package: a\nVersion: 1\n\nVersion: 2\n\nPackage: b\n");

    assertThat(entries).extracting(IndexEntry::name).containsExactly("a", "", "b");
    assertThat(entries).extracting(IndexEntry::version).containsExactly("1", "2", "");
  }

  @Test
  void readsFieldsInAnyCaseFoldedAndTheLastOfTwo() throws IOException {
    IndexEntry entry =
        read("PACKAGE:Aa\nversion : 1\nDepends:\n x,\n\ty \nDepends-Not: z\nBreaks: one\n two\nbreaks:\t b \n")
            .get(0);

    assertThat(entry.name()).isEqualTo("aa");
    assertThat(entry.version()).isEqualTo("1");
    assertThat(entry.field("Depends")).contains("x, y");
    assertThat(entry.field("Breaks")).contains("b");
  }

  @Test
  void refusesAPathThatLeavesTheRepository() throws IOException {
    IndexEntry entry =
        read("""
                Package: a
                Version: 1
                Architecture: all
                Filename: pool/../../etc/passwd
                Size: 1
                SHA256: %s
                """
                .formatted(DIGEST))
            .get(0);

    assertThatThrownBy(() -> entry.read(new RelationParser("amd64")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the path 'pool/../../etc/passwd' of a leaves its repository, or is no plain path");
  }

  private static List<IndexEntry> read(String text) throws IOException {
    return PackageIndex.read(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), ORIGIN);
  }
}
