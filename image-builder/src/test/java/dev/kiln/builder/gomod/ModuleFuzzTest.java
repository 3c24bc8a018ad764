package dev.kiln.builder.gomod;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.distro.KnownFamilies;
import dev.kiln.campaign.Campaign;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import dev.kiln.profile.Making;
import dev.kiln.profile.ModuleFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What proxies, databases and people may give: it is taken or refused, and nothing else happens.
 */
class ModuleFuzzTest {
  private static final int ROUNDS = 2000;
  private static final long MOST_SECONDS = 10;
  private static final String ROOT = "a.example/m@v1.0.0/";
  private static final String LIKELY = "0123456789 /.\n\t\"()=>+-v@!\0\u2014";

  @TempDir private Path directory;

  @Test
  void refusesOrTakesSpoiltGoMods() {
    String mod = files().mod();

    int refused = refused(random -> GoMod.parse("go.mod", spoilt(mod, random)));

    assertThat(refused).isGreaterThan(ROUNDS / 20);
  }

  @Test
  void refusesOrTakesSpoiltGoSums() {
    String sum = files().sum();

    int refused = refused(random -> GoSum.parse("go.sum", spoilt(sum, random)));

    assertThat(refused).isGreaterThan(ROUNDS / 4);
  }

  @Test
  void refusesOrTakesSpoiltArchives() throws IOException {
    byte[] sound = archive();

    int refused = refused(random -> read(spoilt(sound, random)));

    assertThat(refused).isGreaterThan(ROUNDS / 4);
  }

  @Test
  void refusesSpoiltAnswersOfAChecksumDatabase() throws GeneralSecurityException {
    SampleChecksums sums = new SampleChecksums("sums.example", Map.of(300, line()), 600);
    NoteKey key = NoteKey.parse(sums.key());
    String sound = sums.lookup("lookup/a.example/m@v1.0.0");

    int refused =
        refused(random -> SumRecord.parse("the test", spoilt(sound, random), key).of(entry()));

    assertThat(refused).isGreaterThan(ROUNDS / 2);
  }

  @Test
  void refusesOrTakesSpoiltHeadsAndKeys() throws GeneralSecurityException {
    SampleChecksums sums = new SampleChecksums("sums.example", Map.of(), 600);
    String head = sums.head(600);

    int refused =
        refused(
            random -> {
              TreeHead.parse("the test", spoilt(head, random));
              NoteKey.parse(spoilt(sums.key(), random));
            });

    assertThat(refused).isGreaterThan(ROUNDS / 2);
  }

  /** Of a tree of any size it needs few tiles, and reads none where it has nothing. */
  @Test
  void computesARootOfAnyTilesInFewSteps() {
    Campaign.count(
        ROUNDS / 10,
        random -> {
          long size = 1 + (random.nextLong() >>> (4 + random.nextInt(60)));
          long number = Math.floorMod(random.nextLong(), size);
          Map<String, byte[]> read = new TreeMap<>();
          new InclusionProof(size, number, Digest.of("leaf"))
              .root(
                  (level, index, width) -> {
                    assertThat(width).isBetween(1, 256);
                    assertThat(((index * 256 + width) << (8 * level))).isBetween(1L, size);
                    byte[] tile = new byte[width * InclusionProof.HASH_BYTES];
                    random.nextBytes(tile);
                    return read.computeIfAbsent(level + " " + index, any -> tile);
                  });
          assertThat(read).hasSizeLessThan(2 * 8);
          return true;
        });
  }

  private interface Reading {
    void read(Random random) throws IOException;
  }

  private static int refused(Reading reading) {
    return Campaign.count(
        ROUNDS,
        random -> {
          long begin = System.nanoTime();
          try {
            reading.read(random);
            return false;
          } catch (KilnException e) {
            assertThat(e.kind()).isEqualTo(KilnException.Kind.INPUT);
            return true;
          } finally {
            assertThat(System.nanoTime() - begin)
                .isLessThan(TimeUnit.SECONDS.toNanos(MOST_SECONDS));
          }
        });
  }

  private void read(byte[] zip) throws IOException {
    Path file = Files.write(directory.resolve("spoilt.zip"), zip);
    try (ModuleArchive archive = ModuleArchive.open("a.example/m", "v1.0.0", file)) {
      archive.hash();
      archive.text("go.mod");
      archive.forEachFile(
          (path, size, content) -> assertThat(content.readAllBytes()).hasSize((int) size));
    }
  }

  /** Some files packed, one as it is. */
  private static byte[] archive() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : List.of("go.mod", "a.go", "b/c.go")) {
        byte[] content = ("module a.example/m\n" + name.repeat(30)).getBytes(UTF_8);
        ZipEntry entry = new ZipEntry(ROOT + name);
        if (name.equals("a.go")) {
          entry.setMethod(ZipEntry.STORED);
          entry.setSize(content.length);
          CRC32 sum = new CRC32();
          sum.update(content);
          entry.setCrc(sum.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static String spoilt(String text, Random random) {
    return new String(
        spoilt(text.getBytes(UTF_8), random), random.nextBoolean() ? UTF_8 : ISO_8859_1);
  }

  private static byte[] spoilt(byte[] sound, Random random) {
    byte[] bytes = sound.clone();
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes = random.nextInt(4) > 0 ? bytes : Arrays.copyOf(bytes, at + 1);
        case 3 -> {
          int from = random.nextInt(bytes.length);
          int length = Math.min(random.nextInt(200), bytes.length - Math.max(from, at));
          System.arraycopy(bytes, from, bytes, at, length);
        }
        case 4 -> Arrays.fill(bytes, at, Math.min(at + random.nextInt(8), bytes.length), (byte) -1);
        default -> bytes[at] = (byte) LIKELY.charAt(random.nextInt(LIKELY.length()));
      }
    }
    return bytes;
  }

  private static String line() {
    return "a.example/m v1.0.0 h1:A2VDEiObzkYqFTKhSsn0ZEb0RlLEXpHWj93gi2HqEwE=\n";
  }

  private static GoSum.Entry entry() {
    return GoSum.parse("the test", line()).hashes().keySet().iterator().next();
  }

  private static ModuleFiles files() {
    return ((Making.OfModules)
            Objects.requireNonNull(
                    KnownFamilies.CATALOG.find("debian12-modules").builds().get("crictl"))
                .making())
        .files();
  }
}
