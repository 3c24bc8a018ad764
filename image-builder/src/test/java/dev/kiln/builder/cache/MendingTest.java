package dev.kiln.builder.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MendingTest extends CacheFixture {
  private final List<String> said = new ArrayList<>();

  @Test
  void runsSoundWorkOnceAndSaysNothing() {
    String result = cache.mending(said::add, () -> new String(makeFile().file().read(9), UTF_8));

    assertThat(result).isEqualTo("made");
    assertThat(said).isEmpty();
  }

  @Test
  void makesAnEntryAgainThatIsBroken() throws Exception {
    Rot.flip(file.path());

    String result = cache.mending(said::add, () -> new String(makeFile().file().read(9), UTF_8));

    assertThat(result).isEqualTo("made");
    assertThat(said)
        .containsExactly(
            "the cache's initrd %s is broken (its content was changed): made again"
                .formatted(KEY.hex().substring(0, 12)));
    assertNothingIsLeft();
  }

  @Test
  void asksAgainForABlobThatIsBroken() throws Exception {
    Rot.flip(blob);

    byte[] result =
        cache.mending(
            said::add,
            () -> {
              cache.put(BLOB.getBytes(UTF_8));
              return blobFile().read(100);
            });

    assertThat(result).asString().isEqualTo(BLOB);
    assertThat(said).hasSize(1);
    assertNothingIsLeft();
  }

  @Test
  void mendsEverythingThatOnePieceOfWorkMeets() throws Exception {
    Rot.flip(blob);
    Rot.flip(tree.path().resolve("bin/tool"));
    Files.delete(file.directory().resolve("record.json"));

    cache.mending(
        said::add,
        () -> {
          cache.put(BLOB.getBytes(UTF_8));
          blobFile().check();
          makeTree().check();
          makeFile().check();
          return true;
        });

    assertThat(said).hasSize(3);
    tree.check();
  }

  @Test
  void doesNotMakeTheSameThingASecondTime() {
    assertThatThrownBy(
            () ->
                cache.mending(
                    said::add,
                    () -> {
                      CacheEntry made = makeFile();
                      flipUnchecked(made);
                      made.check();
                      return true;
                    }))
        .isInstanceOfSatisfying(
            KilnException.class,
            failure -> assertThat(failure.kind()).isEqualTo(KilnException.Kind.IO))
        .hasMessageContaining("and was just made again")
        .hasMessageContaining("The disk or the memory of this machine loses data");
    assertThat(said).hasSize(1);
  }

  @Test
  void givesUpWhereEverythingIsBroken() {
    List<CacheEntry> made = new ArrayList<>();

    assertThatThrownBy(
            () ->
                cache.mending(
                    said::add,
                    () -> {
                      CacheEntry next =
                          cache.entry(
                              "kit",
                              Digest.of("" + made.size()),
                              target -> Files.writeString(target, "made"));
                      made.add(next);
                      flipUnchecked(next);
                      next.check();
                      return true;
                    }))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("as 8 other things of it were a moment ago");
    assertThat(said).hasSize(8);
  }

  /** Another bake made it again, and uses it. */
  @Test
  void leavesAloneWhatIsSoundAgain() {
    BrokenEntry seenEarlier = new BrokenEntry(file.item(), "its content was changed");
    List<Integer> runs = new ArrayList<>();

    cache.mending(
        said::add,
        () -> {
          runs.add(runs.size());
          if (runs.size() == 1) {
            throw seenEarlier;
          }
          return cache.findEntry("initrd", KEY).orElseThrow();
        });

    assertThat(runs).hasSize(2);
    file.check();
  }

  /** What has an entry's name and is none would otherwise never be made. */
  @Test
  void replacesAFileThatStandsWhereAnEntryBelongs() throws Exception {
    Digest other = Digest.of("other");
    Files.writeString(cache.root().resolve("made/initrd").resolve(other.hex()), "a stray file");

    CacheEntry made =
        cache.mending(
            said::add,
            () -> {
              CacheEntry entry =
                  cache.entry("initrd", other, target -> Files.writeString(target, "made"));
              entry.check();
              return entry;
            });

    assertThat(made.path()).hasContent("made");
    assertThat(said).hasSize(1);
  }

  private void assertNothingIsLeft() {
    assertThat(cache.root().resolve("tmp")).isEmptyDirectory();
    assertThat(cache.root().resolve("locks"))
        .isDirectoryNotContaining(path -> !path.getFileName().toString().equals(".guard"));
  }

  private static void flipUnchecked(CacheEntry entry) {
    try {
      Rot.flip(entry.path());
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }
}
