package dev.kiln.builder.deb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.failure.KilnException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootstrapTarTest {
  private static final MergedUsr MERGED = new MergedUsr(List.of("bin", "lib"));

  @TempDir Path directory;

  @Test
  void beginsWithTheLinksOfAMergedUsr() throws Exception {
    assertThat(entries(bootstrap()))
        .containsExactly(
            "5 ./",
            "5 ./usr/",
            "5 ./usr/bin/",
            "2 ./bin usr/bin",
            "5 ./usr/lib/",
            "2 ./lib usr/lib");
  }

  @Test
  void putsFilesWhereTheLinksPoint() throws Exception {
    byte[] tar =
        bootstrap(
            new TarBytes()
                .directory("./bin/")
                .file("./bin/tool", "x")
                .hardLink("./bin/same", "bin/tool")
                .symbolicLink("./lib/ld.so", "/lib/real.so")
                .file("./library", "not below ./lib"));

    assertThat(entries(tar).subList(6, 11))
        .containsExactly(
            "5 ./usr/bin/",
            "0 ./usr/bin/tool",
            "1 ./usr/bin/same ./usr/bin/tool",
            "2 ./usr/lib/ld.so /lib/real.so",
            "0 ./library");
  }

  @Test
  void keepsModesOwnersTimesAndLongNames() throws Exception {
    String longName = "./usr/share/" + "n".repeat(200);
    String longTarget = "t".repeat(150);
    byte[] tar =
        bootstrap(
            new TarBytes()
                .mode("0004755")
                .file("./usr/su", "setuid")
                .longName('L', longName)
                .longName('K', longTarget)
                .symbolicLink("./x", "y"));

    List<TarArchiveEntry> entries = read(tar);
    TarArchiveEntry setuid = entries.get(6);
    assertThat(setuid.getName()).isEqualTo("./usr/su");
    assertThat(setuid.getMode() & 07777).isEqualTo(04755);
    assertThat(setuid.getLastModifiedTime().toMillis() / 1000).isEqualTo(1610612736);
    assertThat(setuid.getUserName()).isEqualTo("root");
    assertThat(entries.get(7).getName()).isEqualTo(longName);
    assertThat(entries.get(7).getLinkName()).isEqualTo(longTarget);
  }

  @Test
  void writesNumbersOfAnySize() throws Exception {
    TarEntry large =
        new TarEntry(EntryType.DIRECTORY, "./d/", 01777, 3_000_000L, 0, 0, 1L << 40, "", "", "");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TarWriter writer = new TarWriter(out);

    writer.write(large, new ByteArrayInputStream(new byte[0]));
    writer.end();

    assertThat(new TarReader(new ByteArrayInputStream(out.toByteArray())).next()).contains(large);
    assertThat(read(out.toByteArray()).get(0).getLongUserId()).isEqualTo(3_000_000L);
  }

  @Test
  void takesPackagesThatBringTheLinksThemselves() throws Exception {
    byte[] tar =
        bootstrap(
            new TarBytes().symbolicLink("./bin", "usr/bin").directory("./usr/bin/"),
            new TarBytes().file("./bin/tool", "x"));

    assertThat(entries(tar)).filteredOn("2 ./bin usr/bin"::equals).hasSize(1);
    assertThat(entries(tar)).endsWith("0 ./usr/bin/tool");
  }

  @Test
  void letsALaterPackageReplaceAFile() throws Exception {
    byte[] tar = bootstrap(new TarBytes().file("./a", "x"), new TarBytes().file("./a", "y"));

    assertThat(entries(tar)).filteredOn("0 ./a"::equals).hasSize(2);
  }

  @Test
  void refusesAFileThroughALinkOfAnotherPackage() {
    TarBytes link = new TarBytes().symbolicLink("./out", "/etc");
    TarBytes file = new TarBytes().file("./out/passwd", "x");
    TarBytes otherBin = new TarBytes().symbolicLink("./bin", "/tmp");

    assertThatThrownBy(() -> bootstrap(link, file))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("package-1.deb cannot be part of a new root")
        .hasMessageContaining("'out/passwd' goes through a symbolic link");
    assertThatThrownBy(() -> bootstrap(otherBin))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("'usr/bin' is there twice");
  }

  private byte[] bootstrap(TarBytes... packages) throws IOException {
    List<Path> debs = new ArrayList<>();
    for (TarBytes data : packages) {
      byte[] deb =
          new DebBytes()
              .member("debian-binary", DebBytes.ascii("2.0\n"))
              .member("control.tar", DebBytes.control(DebBytes.CONTROL))
              .member("data.tar", data.ended())
              .bytes();
      debs.add(Files.write(directory.resolve("package-" + debs.size() + ".deb"), deb));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new BootstrapTar(MERGED).write(debs, out);
    return out.toByteArray();
  }

  private static List<String> entries(byte[] tar) throws IOException {
    return read(tar).stream()
        .map(e -> ((char) e.getLinkFlag() + " " + e.getName() + " " + e.getLinkName()).strip())
        .toList();
  }

  private static List<TarArchiveEntry> read(byte[] tar) throws IOException {
    List<TarArchiveEntry> entries = new ArrayList<>();
    try (TarArchiveInputStream in = new TarArchiveInputStream(new ByteArrayInputStream(tar))) {
      for (TarArchiveEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
        entries.add(e);
      }
    }
    return entries;
  }
}
