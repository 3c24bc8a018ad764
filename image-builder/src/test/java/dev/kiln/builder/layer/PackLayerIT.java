package dev.kiln.builder.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.kit.HostKit;
import dev.kiln.builder.kit.Kit;
import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import dev.kiln.manifest.ImageFile;
import dev.kiln.manifest.Layer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real layers by the host's mksquashfs and veritysetup, which is the judge of them. Needs root. */
class PackLayerIT {
  private static final Instant EPOCH = Instant.parse("2026-07-11T10:16:37Z");
  private static final Digest KEY = Digest.of("the inputs");
  private static final int FILES = 300;

  @TempDir private static Path tools;
  private static Kit kit;

  @TempDir private Path directory;

  @BeforeAll
  static void makeKit() throws Exception {
    kit = HostKit.make(tools);
  }

  @Test
  void givesTheSameBytesForTheSameTreeWhereverAndHoweverItWasMade() throws Exception {
    List<Integer> order = new ArrayList<>(IntStream.range(0, FILES).boxed().toList());
    Path one = tree("one", order, EPOCH.plusSeconds(1000));
    Collections.reverse(order);
    Path other = tree("a-longer/path/to/another", order, EPOCH.plusSeconds(86_400 * 3650L));

    PackedLayer first = pack(one, "entry-1", KEY);
    PackedLayer second = pack(other, "elsewhere/entry-2", KEY);
    PackedLayer third = pack(one, "entry-3", KEY);

    assertThat(Files.mismatch(first.file().path(), second.file().path())).isEqualTo(-1);
    assertThat(Files.mismatch(first.file().path(), third.file().path())).isEqualTo(-1);
    assertThat(second.layer()).isEqualTo(first.layer());
  }

  @Test
  void keepsModesLinksAndTimesButNoTimeAfterTheEpoch() throws Exception {
    Path tree = tree("tree", List.of(1, 2), EPOCH.plusSeconds(1000));
    Files.setLastModifiedTime(
        tree.resolve("usr/share/file-2"), FileTime.from(EPOCH.minusSeconds(60)));

    PackedLayer layer = pack(tree, "entry", KEY);

    List<String> listed =
        run("unsquashfs", "-lln", "-UTC", layer.file().toString())
            .lines()
            .map(line -> line.replaceAll(" +", " "))
            .toList();
    assertThat(listed)
        .contains(
            "-rw-r--r-- 0/0 1 2026-07-11 10:16 squashfs-root/usr/share/file-1",
            "-rwsr-xr-x 0/0 2 2026-07-11 10:15 squashfs-root/usr/share/file-2")
        .anyMatch(line -> line.matches("lrwxrwxrwx .* squashfs-root/usr/share/link -> file-1"));
  }

  @Test
  void saltsEachLayerByItsNameAndKey() throws Exception {
    Path tree = tree("tree", List.of(1), EPOCH);

    Layer one = pack(tree, "entry-1", KEY).layer();
    Layer other = pack(tree, "entry-2", Digest.of("other inputs")).layer();

    assertThat(other.verity().hashOffset()).isEqualTo(one.verity().hashOffset());
    assertThat(other.verity().rootHash()).isNotEqualTo(one.verity().rootHash());
  }

  @Test
  void describesTheLayerFromWhatWasRecorded() throws Exception {
    PackedLayer layer = pack(tree("tree", List.of(1), EPOCH), "entry", KEY);

    assertThat(layer.layer().name()).isEqualTo("os");
    assertThat(layer.key()).isEqualTo(KEY);
    assertThat(layer.layer().file())
        .isEqualTo(
            new ImageFile(
                "os.squashfs", Files.size(layer.file().path()), Digest.of(layer.file().path())));
  }

  @Test
  void veritysetupAcceptsIt() throws Exception {
    assertThat(verify(pack(tree("tree", List.of(1, 2, 3), EPOCH), "entry", KEY))).isZero();
  }

  /** As the initrd asks it: believing nothing of the header but the salt, 32 bytes at 88. */
  @Test
  void veritysetupAcceptsItWithoutItsHeader() throws Exception {
    PackedLayer layer = pack(tree("tree", List.of(1, 2, 3), EPOCH), "entry", KEY);
    Layer.Verity verity = layer.layer().verity();
    ByteBuffer salt = ByteBuffer.allocate(32);
    try (FileChannel channel = FileChannel.open(layer.file().path())) {
      channel.read(salt, verity.hashOffset() + 88);
    }

    int status =
        veritysetup(
            layer,
            "--no-superblock",
            "--format=1",
            "--hash=sha256",
            "--data-block-size=4096",
            "--hash-block-size=4096",
            "--data-blocks=" + verity.hashOffset() / 4096,
            "--hash-offset=" + (verity.hashOffset() + 4096),
            "--salt=" + java.util.HexFormat.of().formatHex(salt.array()));

    assertThat(status).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"first", "middle", "last"})
  void veritysetupRefusesItWithOneChangedByte(String where) throws Exception {
    PackedLayer layer = pack(tree("tree", List.of(1, 2, 3), EPOCH), "entry", KEY);
    long size = layer.layer().verity().hashOffset();
    long at = where.equals("first") ? 0 : where.equals("last") ? size - 1 : size / 2;
    try (FileChannel file =
        FileChannel.open(layer.file().path(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      file.read(one, at);
      file.write(ByteBuffer.wrap(new byte[] {(byte) (one.get(0) ^ 1)}), at);
    }

    assertThat(verify(layer)).isNotZero();
  }

  @Test
  void saysWhatMksquashfsSaidWhenItFails() throws Exception {
    Path entry = Files.createDirectory(directory.resolve("entry"));
    Path tree = tree("tree", List.of(1), EPOCH);

    assertThatThrownBy(
            () ->
                new PackLayer(kit, EPOCH)
                    .pack("os", KEY, ImageTree.at(tree), entry, List.of("-ef", "/absent")))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("cannot pack a layer as squashfs")
        .hasMessageContaining("/absent");
  }

  private PackedLayer pack(Path tree, String entry, Digest key) {
    Cache cache = new Cache(directory.resolve(entry));
    return PackedLayer.read(
        cache.entry(
            "layer",
            key,
            target -> {
              Files.createDirectory(target);
              new PackLayer(kit, EPOCH).pack("os", key, ImageTree.at(tree), target, List.of());
            }));
  }

  /** Files made in an order, so that inodes and directories differ; content by number. */
  private Path tree(String name, List<Integer> order, Instant time) throws IOException {
    Path root = directory.resolve(name);
    Path share = Files.createDirectories(root.resolve("usr/share"));
    for (int number : order) {
      byte[] content = new byte[number];
      new Random(number).nextBytes(content);
      Path file = Files.write(share.resolve("file-" + number), content);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      if (number == 2) {
        Files.setAttribute(file, "unix:mode", 04755);
      }
    }
    Files.createSymbolicLink(share.resolve("link"), Path.of("file-1"));
    try (var walk = Files.walk(root)) {
      for (Path each : walk.toList()) {
        Files.getFileAttributeView(
                each,
                java.nio.file.attribute.BasicFileAttributeView.class,
                LinkOption.NOFOLLOW_LINKS)
            .setTimes(FileTime.from(time), null, null);
      }
    }
    return root;
  }

  private static int verify(PackedLayer layer) throws Exception {
    return veritysetup(layer, "--hash-offset=" + layer.layer().verity().hashOffset());
  }

  private static int veritysetup(PackedLayer layer, String... options) throws Exception {
    String file = layer.file().toString();
    List<String> command = new ArrayList<>(List.of("/usr/sbin/veritysetup", "verify"));
    command.addAll(List.of(options));
    command.addAll(List.of(file, file, layer.layer().verity().rootHash().hex()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    return process.waitFor();
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
