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
import java.io.ByteArrayInputStream;
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
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real layers by the host's mksquashfs and veritysetup, which is the judge of them. Needs root. */
class PackLayerIT {
  private static final Set<String> ATTRIBUTES = Set.of("security.capability");
  private static final Instant TIME = Instant.parse("2026-07-11T10:16:37Z");
  private static final Digest KEY = Digest.of("the inputs");
  private static final int FILES = 300;

  private static final String SET_ATTRIBUTE =
      "import os, sys; os.setxattr(sys.argv[1], sys.argv[2], bytes.fromhex(sys.argv[3]))";

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
    Path one = tree("one", order);
    Collections.reverse(order);
    Path other = tree("a-longer/path/to/another", order);

    PackedLayer first = pack(one, "entry-1", KEY);
    PackedLayer second = pack(other, "elsewhere/entry-2", Digest.of("other inputs"));
    PackedLayer third = pack(one, "entry-3", KEY);

    assertThat(Files.mismatch(first.file().path(), second.file().path())).isEqualTo(-1);
    assertThat(Files.mismatch(first.file().path(), third.file().path())).isEqualTo(-1);
    assertThat(second.layer()).isEqualTo(first.layer());
  }

  @Test
  void keepsModesLinksAndTimesOfAnInstalledTree() throws Exception {
    Path tree = tree("tree", List.of(1, 2));
    Files.setLastModifiedTime(
        tree.resolve("usr/share/file-2"), FileTime.from(TIME.plusSeconds(86_400)));

    PackedLayer layer = pack(tree, "entry", KEY);

    assertThat(listed(layer))
        .contains(
            "-rw-r--r-- 0/0 1 2026-07-11 10:16 squashfs-root/usr/share/file-1",
            "-rwsr-xr-x 0/0 2 2026-07-12 10:16 squashfs-root/usr/share/file-2")
        .anyMatch(line -> line.matches("lrwxrwxrwx .* squashfs-root/usr/share/link -> file-1"));
    assertThat(superblock(layer).time()).isEqualTo(TIME.getEpochSecond());
  }

  @Test
  void leavesOutOfAnInstalledTreeWhatOnlyARunningSystemHas() throws Exception {
    Path tree = tree("tree", List.of());
    for (String name : List.of("dev", "proc", "sys", "run", "tmp", "opt")) {
      Files.writeString(Files.createDirectory(tree.resolve(name)).resolve("file"), "left");
    }

    String listed = String.join("\n", listed(pack(tree, "entry", KEY)));

    assertThat(listed).contains("/dev", "/proc", "/sys", "/run", "/tmp", "/opt/file");
    assertThat(listed.replace("/opt/file", "")).doesNotContain("/file");
  }

  @Test
  void givesAllOfALayerOfPartsToRootAndOneTime() throws Exception {
    LayerTree tree = new LayerTree(Files.createDirectory(directory.resolve("tree")));
    tree.addFile("/etc/deep/file", new ByteArrayInputStream(new byte[3]), 0640);
    tree.addLink("/etc/link", "deep/file");
    Files.setAttribute(tree.root().resolve("etc/deep/file"), "unix:uid", 1234);
    setAttribute(tree.root().resolve("etc/deep/file"), "user.host", "x");

    PackedLayer layer = pack("config", tree.finish(), "entry", KEY, SquashfsCompression.ZSTD);

    assertThat(listed(layer))
        .hasSize(5)
        .allMatch(line -> line.contains(" 0/0 ") && line.contains(" 1980-01-01 00:00 "));
    assertThat(attributes(layer)).isEmpty();
  }

  @Test
  void saltsEachLayerByItsNameAlone() throws Exception {
    Path tree = tree("tree", List.of(1));

    Layer one = pack("os", tree, "entry-1", KEY).layer();
    Layer other = pack("runtime", tree, "entry-2", KEY).layer();

    assertThat(other.verity().hashOffset()).isEqualTo(one.verity().hashOffset());
    assertThat(other.verity().rootHash()).isNotEqualTo(one.verity().rootHash());
  }

  @ParameterizedTest
  @CsvSource({"ZSTD, 6", "XZ, 4", "GZIP, 1"})
  void compressesAsTheKernelCanRead(SquashfsCompression compression, int id) throws Exception {
    Path tree = tree("tree", List.of(300));

    PackedLayer layer = pack("os", installed(tree), "entry", KEY, compression);

    assertThat(superblock(layer).compression()).isEqualTo(id);
    assertThat(listed(layer)).anyMatch(line -> line.endsWith("/usr/share/file-300"));
  }

  /** More than one block of sets, and a value that does not stand beside its name. */
  @Test
  void keepsTheAttributesThatPackagesGive() throws Exception {
    Path tree = tree("tree", IntStream.range(0, 600).boxed().toList());
    run(
        "python3",
        "-c",
        """
        import os, sys
        for i in range(600):
          os.setxattr(sys.argv[1] + str(i), 'user.number', b'%d' % i)
        """,
        tree.resolve("usr/share/file-").toString());
    setAttribute(tree.resolve("usr/share/file-1"), "user.large", "x".repeat(900));
    setCapability(tree.resolve("usr/share/file-2"));

    PackedLayer layer = pack(tree, "entry", KEY);

    assertThat(attributes(layer))
        .containsExactly("security.capability", "user.large", "user.number");
  }

  @Test
  void refusesTheLabelsOfAHost() throws Exception {
    Path tree = tree("tree", List.of(1));
    setAttribute(tree.resolve("usr/share/file-1"), "security.selinux", "system_u:object_r:x:s0");

    assertThatThrownBy(() -> pack(tree, "entry", KEY))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("attributes on files that must not be in a layer: security.selinux");
  }

  @Test
  void describesTheLayerFromWhatWasRecorded() throws Exception {
    PackedLayer layer = pack(tree("tree", List.of(1)), "entry", KEY);

    assertThat(layer.layer().name()).isEqualTo("os");
    assertThat(layer.key()).isEqualTo(KEY);
    assertThat(layer.layer().file())
        .isEqualTo(
            new ImageFile(
                "os.squashfs", Files.size(layer.file().path()), Digest.of(layer.file().path())));
  }

  @Test
  void veritysetupAcceptsIt() throws Exception {
    assertThat(verify(pack(tree("tree", List.of(1, 2, 3)), "entry", KEY))).isZero();
  }

  /** As the initrd asks it: believing nothing of the header but the salt, 32 bytes at 88. */
  @Test
  void veritysetupAcceptsItWithoutItsHeader() throws Exception {
    PackedLayer layer = pack(tree("tree", List.of(1, 2, 3)), "entry", KEY);
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
            "--salt=" + HexFormat.of().formatHex(salt.array()));

    assertThat(status).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"first", "middle", "last"})
  void veritysetupRefusesItWithOneChangedByte(String where) throws Exception {
    PackedLayer layer = pack(tree("tree", List.of(1, 2, 3)), "entry", KEY);
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
    Path tree = tree("tree", List.of(1));

    assertThatThrownBy(
            () ->
                new PackLayer(kit, SquashfsCompression.ZSTD)
                    .pack(
                        "os",
                        KEY,
                        new TreeToPack(
                            ImageTree.at(tree), 0, ATTRIBUTES, List.of("-ef", "/absent")),
                        entry))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("cannot pack a layer as squashfs")
        .hasMessageContaining("/absent");
  }

  private PackedLayer pack(Path tree, String entry, Digest key) {
    return pack("os", tree, entry, key);
  }

  private PackedLayer pack(String name, Path tree, String entry, Digest key) {
    return pack(name, installed(tree), entry, key, SquashfsCompression.ZSTD);
  }

  private PackedLayer pack(
      String name, TreeToPack tree, String entry, Digest key, SquashfsCompression compression) {
    Cache cache = new Cache(directory.resolve(entry));
    return PackedLayer.read(
        cache.entry(
            "layer",
            key,
            target -> {
              Files.createDirectory(target);
              new PackLayer(kit, compression).pack(name, key, tree, target);
            }));
  }

  private static TreeToPack installed(Path tree) {
    return TreeToPack.installed(ImageTree.at(tree), TIME.getEpochSecond(), ATTRIBUTES);
  }

  /** Files made in an order, so that inodes and directories differ; content by number. */
  private Path tree(String name, List<Integer> order) throws IOException {
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
            .setTimes(FileTime.from(TIME), null, null);
      }
    }
    return root;
  }

  private static void setAttribute(Path file, String name, String value) throws Exception {
    String hex = HexFormat.of().formatHex(value.getBytes(UTF_8));
    run("python3", "-c", SET_ATTRIBUTE, file.toString(), name, hex);
  }

  /** capabilities(7), revision 2: cap_net_raw, permitted and effective. */
  private static void setCapability(Path file) throws Exception {
    setAttribute(file, "security.capability", "\1\0\0\2\0\40" + "\0".repeat(14));
  }

  private static List<String> listed(PackedLayer layer) throws Exception {
    return run("unsquashfs", "-lln", "-UTC", layer.file().path().toString())
        .lines()
        .filter(line -> line.contains("squashfs-root"))
        .map(line -> line.replaceAll(" +", " "))
        .toList();
  }

  private static SquashfsSuperblock superblock(PackedLayer layer) throws IOException {
    try (FileChannel file = FileChannel.open(layer.file().path())) {
      return SquashfsSuperblock.read(file);
    }
  }

  private static SortedSet<String> attributes(PackedLayer layer) throws IOException {
    try (FileChannel file = FileChannel.open(layer.file().path())) {
      return SquashfsAttributes.names(file);
    }
  }

  private static int verify(PackedLayer layer) throws Exception {
    return veritysetup(layer, "--hash-offset=" + layer.layer().verity().hashOffset());
  }

  private static int veritysetup(PackedLayer layer, String... options) throws Exception {
    String file = layer.file().path().toString();
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
