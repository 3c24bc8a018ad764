package dev.kiln.builder.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.cache.CleanCache.Cleaned;
import dev.kiln.builder.progress.RecordingProgress;
import dev.kiln.file.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CleanCacheTest extends CacheFixture {
  private static final Duration LONG = Duration.ofDays(40);
  private Path log;
  private Path record;

  @BeforeEach
  void writeLogAndRecord() throws Exception {
    log = Files.createDirectories(cache.root().resolve("logs")).resolve("bake-x.log");
    Files.writeString(log, "words");
    record = Files.createDirectories(cache.root().resolve("bakes")).resolve(KEY.hex());
    Files.writeString(record, "how it ended");
  }

  @Test
  void removesWhatNobodyUsedForSoLongAndTellsHowMuchThatWas() throws Exception {
    age(blob, LONG);
    age(tree.directory(), LONG);
    age(log, LONG);
    age(record, LONG);
    long inventory = Files.size(tree.directory().resolve("record.json"));
    int contents = BLOB.length() + "a tool".length() + "link".length() + "words".length();
    int ended = "how it ended".length();

    Cleaned cleaned = clean(Duration.ofDays(30));

    assertThat(cleaned).isEqualTo(new Cleaned(4, contents + inventory + ended));
    assertThat(blob).doesNotExist();
    assertThat(tree.directory()).doesNotExist();
    assertThat(log).doesNotExist();
    assertThat(record).doesNotExist();
    file.check();
    assertThat(cache.root().resolve("tmp")).isEmptyDirectory();
  }

  @Test
  void keepsWhatWasFoundSince() throws Exception {
    age(blob, LONG);
    age(tree.directory(), LONG);
    age(file.directory(), LONG);

    cache.find(Digest.of(BLOB));
    makeTree();
    cache.findEntry("initrd", KEY);

    assertThat(clean(Duration.ofDays(30))).isEqualTo(new Cleaned(0, 0));
  }

  @Test
  void writesTheLastUseDownOnceADay() throws Exception {
    age(file.directory(), Duration.ofHours(23));
    age(tree.directory(), Duration.ofHours(25));
    Instant before = Files.getLastModifiedTime(file.directory()).toInstant();

    cache.findEntry("initrd", KEY);
    cache.findEntry("kit", KEY);

    assertThat(Files.getLastModifiedTime(file.directory()).toInstant()).isEqualTo(before);
    assertThat(Files.getLastModifiedTime(tree.directory()).toInstant())
        .isAfter(Instant.now().minus(Duration.ofHours(1)));
  }

  /** Used a moment ago, but written down a day ago. */
  @Test
  void keepsWhatMightHaveBeenUsedSince() throws Exception {
    age(tree.directory(), Duration.ofHours(23));
    cache.findEntry("kit", KEY);

    clean(Duration.ofHours(1));

    tree.check();
  }

  @Test
  void keepsWhatSomebodyIsMaking() throws Exception {
    age(tree.directory(), LONG);

    try (Locks.Held ignored = cache.locks().acquire(tree.item().lock())) {
      clean(Duration.ofDays(30));
      tree.check();
    }

    clean(Duration.ofDays(30));
    assertThat(tree.directory()).doesNotExist();
  }

  @Test
  void removesWhatAnEarlierVersionKept() throws Exception {
    Path earlier = Files.createDirectories(cache.root().resolve("entries/kit/" + KEY.hex()));
    Files.writeString(earlier.resolve("tool"), "a tool");

    assertThat(clean(Duration.ofDays(30))).isEqualTo(new Cleaned(1, 6));

    assertThat(cache.root().resolve("entries")).doesNotExist();
  }

  @Test
  void keepsWhatBuilderDidNotName() throws Exception {
    List<Path> foreign = new ArrayList<>();
    for (String name :
        List.of(
            "logs/diary.log",
            "bakes/cake.txt",
            "entries/thesis/chapter",
            "made/Pots/" + KEY.hex())) {
      Path file = cache.root().resolve(name);
      Files.createDirectories(file.resolveSibling(""));
      foreign.add(Files.writeString(file, "years of work"));
      age(file, LONG);
    }

    assertThat(clean(Duration.ofDays(30))).isEqualTo(new Cleaned(0, 0));

    assertThat(foreign).allSatisfy(file -> assertThat(file).hasContent("years of work"));
  }

  private Cleaned clean(Duration unused) {
    return new CleanCache(cache, new RecordingProgress()).clean(unused, Instant.now());
  }
}
