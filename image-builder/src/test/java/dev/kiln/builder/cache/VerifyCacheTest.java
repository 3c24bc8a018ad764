package dev.kiln.builder.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.cache.VerifyCache.Verified;
import dev.kiln.builder.progress.RecordingProgress;
import dev.kiln.file.Digest;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerifyCacheTest extends CacheFixture {
  private final RecordingProgress progress = new RecordingProgress();

  @Test
  void leavesASoundCacheAsItIs() throws Exception {
    Files.writeString(cache.root().resolve("made/kit/no-entry"), "of somebody else");

    Verified verified = verify();

    assertThat(verified.items()).isEqualTo(3);
    assertThat(verified.broken()).isEmpty();
    assertThat(blob).exists();
    tree.check();
    file.check();
    assertThat(progress.events())
        .contains("began verify-blobs", "ended verify-blobs", "ended verify-entries");
    assertThat(progress.advanced()).isEqualTo(verified.bytes());
  }

  @Test
  void namesAndDropsEverythingThatIsBroken() throws Exception {
    Rot.flip(blob);
    Rot.flip(tree.path().resolve("bin/tool"));
    Files.delete(file.directory().resolve("record.json"));

    assertThat(verify().broken())
        .containsExactlyInAnyOrder(
            "the cache's blob %s is broken (its content was changed)".formatted(digits(BLOB)),
            "the cache's kit %s is broken (bin/tool was changed)".formatted(digits("key")),
            "the cache's initrd %s is broken (its record is missing)".formatted(digits("key")));

    assertThat(blob).doesNotExist();
    assertThat(tree.directory()).doesNotExist();
    assertThat(file.directory()).doesNotExist();
    assertThat(verify()).isEqualTo(new Verified(0, 0, List.of()));
  }

  private Verified verify() {
    return new VerifyCache(cache, progress).verify();
  }

  private static String digits(String content) {
    return Digest.of(content).hex().substring(0, 12);
  }
}
