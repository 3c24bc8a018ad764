package dev.kiln.builder.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kiln.builder.deb.SmallDeb;
import dev.kiln.builder.distro.KnownFamilies;
import dev.kiln.builder.kit.HostKit;
import dev.kiln.builder.kit.Kit;
import dev.kiln.builder.packages.PathTimes;
import dev.kiln.builder.packages.ReadyPackage;
import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that packages' scripts made in a tree: which of them may be in an image. Needs root. */
class MadeSecretsIT {
  private static final Instant OLD = Instant.ofEpochSecond(1_600_000_000);
  private static final String PRIVATE = "rw-r-----";
  private static final String READABLE = "rw-r--r--";

  @TempDir private Path directory;

  private Path tree;
  private Kit kit;
  private PathTimes times;

  @BeforeEach
  void installAPackage() throws Exception {
    ReadyPackage ready =
        new SmallDeb("one")
            .time(OLD.getEpochSecond())
            .file("etc/brought", "0000600", "brought")
            .file("usr/share/sample", "0000644", "a sample of secrets")
            .write(Files.createDirectory(directory.resolve("packages")));
    tree = Files.createDirectory(directory.resolve("tree"));
    kit = HostKit.make(Files.createDirectory(directory.resolve("tools")));
    times = KnownFamilies.DEBIAN.packages().times(List.of(ready), "amd64");
    put("etc/brought", "rw-------", "brought");
    put("usr/share/sample", READABLE, "a sample of secrets");
    for (String path : List.of("etc/brought", "usr/share/sample")) {
      Files.setLastModifiedTime(tree.resolve(path), FileTime.from(OLD));
    }
  }

  @Test
  void areNoSecretsWhereEverybodyMayReadThemOrHasThemAnyway() throws IOException {
    put("etc/settings", READABLE, "a = b");
    put("etc/empty", "rw-------", "");
    put("etc/copied", PRIVATE, "a sample of secrets");
    put("etc/copied.p12", READABLE, "a sample of secrets");
    put("etc/shadow", PRIVATE, "root:*:20000:0:99999:7:::\ndaemon:!*:20000::::::\nx:!:1::::::\n");
    put("etc/gshadow", PRIVATE, "root:*::\n");
    put("run/key", "rw-------", "gone with the sandbox");
    Files.createSymbolicLink(tree.resolve("etc/link"), Path.of("/etc/ssl/private/x.key"));

    assertThat(secrets()).isEmpty();
  }

  @Test
  void areToldOneByOneWhereNotEverybodyMayReadThem() throws IOException {
    put("etc/one/ some name ", PRIVATE, "x");
    put("var/lib/two", "rwx------", "y");

    assertThat(secrets())
        .extracting(Problem::what)
        .containsExactly(
            "some package's script made /etc/one/ some name , which not everybody may read"
                + " (-rw-r-----, 0:0): every machine would have the same",
            "some package's script made /var/lib/two, which not everybody may read (-rwx------,"
                + " 0:0): every machine would have the same");
    assertThat(secrets())
        .extracting(Problem::mend)
        .allSatisfy(mend -> assertThat(mend).contains("under 'seal:'", "{again: [", "{keep: WHY}"));
  }

  @Test
  void areAPackagesOwnFilesThatAScriptChanged() throws IOException {
    put("etc/brought", "rw-------", "a key");

    assertThat(secrets()).singleElement().asString().contains("made /etc/brought, which");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PRIVATE KEY",
        "RSA PRIVATE KEY",
        "OPENSSH PRIVATE KEY",
        "ENCRYPTED PRIVATE KEY",
        "PGP PRIVATE KEY BLOCK"
      })
  void arePrivateKeysEvenWhereEverybodyMayReadThem(String kind) throws IOException {
    put("etc/host", READABLE, "# a comment\n-----BEGIN " + kind + "-----\nAAAA\n");

    assertThat(secrets())
        .singleElement()
        .asString()
        .contains("/etc/host, which holds a private key");
  }

  @Test
  void areStoresOfKeys() throws IOException {
    put("etc/host.p12", READABLE, "\060\202");
    put("etc/host.pem", READABLE, "-----BEGIN CERTIFICATE-----\nAAAA\n");

    assertThat(secrets()).singleElement().asString().contains("made /etc/host.p12, which");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jks", "keystore", "bks", "pfx", "keytab"})
  void areStoresOfKeysByTheirNames(String ending) throws IOException {
    put("etc/host." + ending, READABLE, "\376\355");

    assertThat(secrets()).singleElement().asString().contains("which holds a private key");
  }

  @Test
  void arePrivateKeysWhereverTheyStandInAFile() throws IOException {
    put("etc/in.yaml", READABLE, "tls:\n  key: |\n    -----BEGIN PRIVATE KEY-----\n    AAAA\n");
    put("etc/late", READABLE, "x".repeat(99) + "\n");
    put("etc/behind", READABLE, "words\n".repeat(50_000) + "-----BEGIN RSA PRIVATE KEY-----\n");

    assertThat(secrets())
        .extracting(Problem::what)
        .satisfiesExactlyInAnyOrder(
            first -> assertThat(first).contains("made /etc/behind, which holds a private key"),
            second -> assertThat(second).contains("made /etc/in.yaml, which holds a private key"));
  }

  @Test
  void areWhatNobodyElseGetsToWhateverItsOwnModeSays() throws IOException {
    put("var/lib/agent/deep/token", READABLE, "a token");
    put("var/lib/known/name", READABLE, "no token");
    mode("var/lib/agent", "rwx------");
    mode("var/lib/known", "rwx--x--x");

    assertThat(secrets())
        .singleElement()
        .asString()
        .contains("made /var/lib/agent/deep/token, which not everybody may read");
  }

  @Test
  void areNotWhatNoTwoBakesMakeAlikeWhichIsRefusedAsWell() throws IOException {
    put("etc/ssl/certs/java/cacerts", READABLE, "the time");
    put("var/lib/texmf/web2c/tex/tex.fmt", READABLE, "the time");

    assertThat(secrets())
        .extracting(Problem::toString)
        .satisfiesExactlyInAnyOrder(
            java ->
                assertThat(java)
                    .contains(
                        "made /etc/ssl/certs/java/cacerts, which no two bakes make alike: equal"
                            + " inputs would give other images. Say under 'seal:'"),
            tex -> assertThat(tex).contains("made /var/lib/texmf/web2c/tex/tex.fmt, which no two"));
    assertThat(secrets("/etc/ssl/certs/java/cacerts", "/var/lib/texmf")).isEmpty();
  }

  @Test
  void arePasswords() throws IOException {
    put("etc/shadow", PRIVATE, "root:*:20000::::::\nadmin:$y$j9T$abc$def:20000::::::\n");

    assertThat(secrets())
        .singleElement()
        .asString()
        .isEqualTo(
            "some package's script set a password in /etc/shadow: every machine would have it."
                + " Let no script set one; user-data can.");
  }

  @Test
  void areToldByTheirDirectoryWhereTheyAreMany() throws IOException {
    for (int i = 0; i < 100; i++) {
      put("var/lib/base/" + i % 7 + "/" + i, "rw-------", "data " + i);
    }

    assertThat(secrets())
        .singleElement()
        .asString()
        .contains("made 100 files below /var/lib/base, each of which not everybody may read")
        .contains("'/var/lib/base: {again:");
  }

  @Test
  void areToldOneByOneWhereTheirDirectoryCannotGoAsAWhole() throws IOException {
    for (String directory : List.of("etc", "srv", "var/lib/one", "var/lib/two")) {
      for (int i = 0; i < 5; i++) {
        put(directory + "/key" + i, "rw-------", "key " + i + " of " + directory);
      }
    }

    assertThat(secrets())
        .extracting(Problem::what)
        .hasSize(11)
        .contains(
            "some package's script made /etc/key0, which not everybody may read (-rw-------, 0:0):"
                + " every machine would have the same",
            "some package's script made 10 files below /var/lib, each of which not everybody may"
                + " read (-rw-------, 0:0): every machine would have the same");
  }

  @Test
  void areLeftWhereARuleKeepsThem() throws IOException {
    put("var/lib/base/deep/data", "rw-------", "x");
    put("var/lib/based", "rw-------", "x");

    assertThat(secrets("/var/lib/base"))
        .singleElement()
        .asString()
        .contains("made /var/lib/based,");
  }

  private List<Problem> secrets(String... stays) {
    SealRules rules = new SealRules(List.of(), List.of(stays), List.of());
    KilnException refusal =
        catchThrowableOfType(
            KilnException.class,
            () ->
                new SettleTree(kit, "", new MadeFiles(new TreeMap<>()))
                    .settle(ImageTree.at(tree), times, rules));
    if (refusal == null) {
      return List.of();
    }
    assertThat(refusal.kind()).isEqualTo(KilnException.Kind.INPUT);
    return refusal.problems();
  }

  private void mode(String path, String mode) throws IOException {
    Files.setPosixFilePermissions(tree.resolve(path), PosixFilePermissions.fromString(mode));
  }

  private void put(String path, String mode, String content) throws IOException {
    Path file = tree.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }
}
