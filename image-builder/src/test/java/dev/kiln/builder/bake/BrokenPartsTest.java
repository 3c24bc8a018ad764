package dev.kiln.builder.bake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.builder.cache.BrokenEntry;
import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.cache.CacheEntry;
import dev.kiln.builder.cache.CachedFile;
import dev.kiln.builder.cache.Rot;
import dev.kiln.builder.describe.DescribeImage;
import dev.kiln.builder.describe.Origin;
import dev.kiln.builder.distro.KnownFamilies;
import dev.kiln.builder.kernel.KernelCodecs;
import dev.kiln.builder.kernel.KernelDescription;
import dev.kiln.builder.lock.SampleLock;
import dev.kiln.builder.output.BakedImage;
import dev.kiln.builder.output.OutputKind;
import dev.kiln.builder.output.WriteImage;
import dev.kiln.document.Json;
import dev.kiln.file.Digest;
import dev.kiln.lock.Lock;
import dev.kiln.manifest.ImageDirectory;
import dev.kiln.profile.ZoneName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of an image that change while they lie in the cache. */
class BrokenPartsTest {
  private static final Digest KEY = Digest.of("inputs");
  private static final String LAYER =
      """
      {"name": "os", "verity": {"rootHash": "%s", "hashOffset": 4096}}
      """
          .formatted(Digest.of("a hash tree"));
  private static final KernelDescription KERNEL =
      new KernelDescription("6.1.0-50-amd64", KernelCodecs.ofRelease("6.1.0-50-amd64"));

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
        "os-layer/%s/content/kernel/kernel.json",
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
    OsLayer os = makeOs();
    BakedImage baked =
        new BakedImage(
            "amd64",
            os.described().release(),
            List.of(),
            os.kernel(),
            makeInitrd(),
            KEY,
            List.of(os.layer()));
    Lock lock = SampleLock.of(List.of(), List.of(), List.of());
    return new WriteImage(directory.resolve(output), Optional.empty(), KnownFamilies.ALL)
        .write(
            List.of(OutputKind.NETBOOT.of(baked)),
            DescribeImage.describe(
                baked.manifest(),
                new Origin(lock, ZoneName.DEFAULT, Map.of(), KEY, baked.layerKeys(), Map.of()),
                KnownFamilies.ALL));
  }

  private OsLayer makeOs() {
    CacheEntry entry =
        cache.entry(
            "os-layer",
            KEY,
            target -> {
              Path kernel = Files.createDirectories(target.resolve("kernel"));
              Files.writeString(kernel.resolve("vmlinuz"), "a kernel");
              Files.write(kernel.resolve("kernel.json"), Json.write(KERNEL));
              Files.write(target.resolve("layer.squashfs"), new byte[3 * 4096]);
              Files.writeString(target.resolve("layer.json"), LAYER);
            });
    return new OsLayer(entry);
  }

  private CachedFile makeInitrd() {
    return cache.entry("initrd", KEY, target -> Files.writeString(target, "an initrd")).file();
  }
}
