package dev.kiln.builder.bake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.builder.cache.BrokenEntry;
import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.cache.CacheEntry;
import dev.kiln.builder.cache.CachedFile;
import dev.kiln.builder.cache.Rot;
import dev.kiln.builder.layer.PackedLayer;
import dev.kiln.file.Digest;
import dev.kiln.lock.Lock;
import dev.kiln.manifest.ImageDirectory;
import dev.kiln.profile.Catalog;
import dev.kiln.profile.Profile;
import dev.kiln.profile.ZoneName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of an image that change while they lie in the cache. */
class WriteImageTest {
  private static final Digest KEY = Digest.of("inputs");
  private static final String LAYER =
      """
      {"name": "os", "key": "%s", "verity": {"rootHash": "%s", "hashOffset": 4096}}
      """
          .formatted(KEY, Digest.of("a hash tree"));

  @TempDir private Path directory;
  private final List<String> said = new ArrayList<>();
  private Cache cache;

  @BeforeEach
  void openCache() {
    cache = new Cache(directory.resolve("cache"));
  }

  @Test
  void namesEveryPartAsItWasRecorded() {
    ImageDirectory image = write("image");

    assertThat(image.check()).isEmpty();
    assertThat(image.manifest().kernel().digest()).isEqualTo(Digest.of("a kernel"));
    assertThat(image.manifest().kernelRelease()).isEqualTo("6.1.0-50-amd64");
    assertThat(said).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "os-layer/%s/content/layer.squashfs",
        "os-layer/%s/content/layer.json",
        "os-layer/%s/content/kernel/vmlinuz",
        "os-layer/%s/content/kernel/release",
        "os-layer/%s/record.json",
        "initrd/%s/content",
        "initrd/%s/record.json"
      })
  void isTheSameImageAlsoWhereOnePartChangedMeanwhile(String part) throws IOException {
    Digest sound = write("sound").id();
    Rot.flip(cache.root().resolve("made").resolve(part.formatted(KEY.hex())));

    assertThatThrownBy(() -> writeOnce("broken")).isInstanceOf(BrokenEntry.class);
    assertThat(directory.resolve("broken")).doesNotExist();
    assertThat(directory.resolve(".broken.part")).doesNotExist();

    ImageDirectory image = write("mended");
    assertThat(image.id()).isEqualTo(sound);
    assertThat(image.check()).isEmpty();
    assertThat(said)
        .singleElement()
        .asString()
        .startsWith("the cache's " + part.substring(0, part.indexOf('/')));
  }

  private ImageDirectory write(String output) {
    return cache.mending(said::add, () -> writeOnce(output));
  }

  private ImageDirectory writeOnce(String output) {
    Profile profile = Catalog.find("debian12");
    Lock lock =
        new Lock(
            Lock.VERSION,
            profile.name(),
            profile.digest(),
            "amd64",
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    BakeRequest request =
        new BakeRequest(
            profile,
            profile.zone(ZoneName.DEFAULT),
            lock,
            Optional.of(directory.resolve(output)),
            Optional.empty());
    OsLayer.Made os = makeOs();
    return new WriteImage(request).write(os, makeInitrd(), List.of(os.layer()));
  }

  private OsLayer.Made makeOs() {
    CacheEntry entry =
        cache.entry(
            "os-layer",
            KEY,
            target -> {
              Path kernel = Files.createDirectories(target.resolve("kernel"));
              Files.writeString(kernel.resolve("vmlinuz"), "a kernel");
              Files.writeString(kernel.resolve("release"), "6.1.0-50-amd64");
              Files.write(target.resolve("layer.squashfs"), new byte[3 * 4096]);
              Files.writeString(target.resolve("layer.json"), LAYER);
            });
    return new OsLayer.Made(PackedLayer.read(entry), entry);
  }

  private CachedFile makeInitrd() {
    return cache.entry("initrd", KEY, target -> Files.writeString(target, "an initrd")).file();
  }
}
