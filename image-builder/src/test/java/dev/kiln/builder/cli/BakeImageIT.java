package dev.kiln.builder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kiln.builder.cache.Rot;
import dev.kiln.builder.cli.BuilderProgram.Ended;
import dev.kiln.builder.describe.Provenance;
import dev.kiln.command.ExitCode;
import dev.kiln.file.Digest;
import dev.kiln.manifest.ImageDirectory;
import dev.kiln.manifest.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The catalog's {@code debian12} of the real archive, baked as a user bakes it. */
class BakeImageIT {
  private static final List<String> LAYERS = List.of("os", "runtime", "kubernetes", "config");

  @TempDir static Path directory;
  private static BakeBench bench;
  private static ImageDirectory image;
  private static List<String> requests;

  @BeforeAll
  static void bakeAnImage() throws IOException {
    bench = new BakeBench(directory);
    image = bench.bakeImage("image");
    requests = bench.pins().requests();
  }

  @AfterAll
  static void leaveTheCacheAsItWas() throws IOException {
    bench.close();
  }

  @Test
  void takesEachPinFromTheAddressThatAnswers() {
    assertThat(requests)
        .containsExactlyInAnyOrder(
            bench.pins().all().keySet().stream().map(pin -> "GET /" + pin).toArray(String[]::new));
  }

  @Test
  void makesAnImageThatIsVerifiedAndDescribed() throws IOException {
    assertThat(BakeBench.succeed(bench.builder().run("verify", "image")).out())
        .startsWith("image " + image.id());

    JsonNode described =
        new ObjectMapper()
            .readTree(BakeBench.succeed(bench.builder().run("inspect", "--json", "image")).out());
    assertThat(described.findPath("layers").findValuesAsText("name"))
        .containsExactlyElementsOf(LAYERS);
    assertThat(described.findPath("pins").findValuesAsText("name"))
        .containsExactlyInAnyOrderElementsOf(bench.pins().all().keySet());
    assertThat(described.path("id").asText()).isEqualTo(image.id().toString());
  }

  @Test
  void leavesTheFilesOfAnImageThatIsThereWhereTheyAre() throws IOException {
    Map<String, Object> before = inodes(image.path());

    assertThat(BakeBench.idOf(run(bench.builder(), bench.bake(bench.cache(), "image"))))
        .isEqualTo(image.id().toString());

    assertThat(inodes(image.path())).isEqualTo(before);
    assertThat(directory.resolve(".image.part")).doesNotExist();
  }

  @Test
  void givesEachLayerARootHashThatVeritysetupFinds() {
    LAYERS.forEach(layer -> Squashfs.of(image, layer).verify());
  }

  @Test
  void putsTheSystemIntoItsLayerWithItsModesAndOwners() {
    assertThat(Squashfs.of(image, "os").listing())
        .containsEntry("/usr/bin/sudo", "-rwsr-xr-x 0/0")
        .containsEntry("/usr/sbin/sshd", "-rwxr-xr-x 0/0")
        .containsEntry("/usr/lib/systemd/systemd", "-rwxr-xr-x 0/0")
        .containsEntry("/etc/shadow", "-rw-r----- 0/42")
        .containsEntry("/tmp", "drwxrwxrwt 0/0")
        .containsEntry("/bin", "lrwxrwxrwx 0/0 -> usr/bin")
        .doesNotContainKeys("/usr/sbin/policy-rc.d", "/usr/bin/kubelet");
  }

  /** PEP 552: the flags behind the magic number say that a digest of the source stands there. */
  @Test
  void compilesPythonWithoutTimes() {
    String compiled =
        Squashfs.of(image, "os")
            .content("/usr/lib/python3/dist-packages/cloudinit/__pycache__/util.cpython-311.pyc");

    assertThat(compiled.substring(4)).startsWith("\3\0\0\0");
  }

  @Test
  void putsPinsIntoTheirLayersAsProgramsOfRoot() {
    Squashfs runtime = Squashfs.of(image, "runtime");

    assertThat(runtime.listing())
        .containsEntry("/usr/bin/containerd", "-rwxr-xr-x 0/0")
        .containsEntry("/usr/bin/containerd-shim-runc-v2", "-rwxr-xr-x 0/0")
        .containsEntry("/usr/bin/runc", "-rwxr-xr-x 0/0")
        .containsEntry("/usr/bin/crictl", "-rwxr-xr-x 0/0")
        .containsEntry("/opt/cni/bin/bridge", "-rwxr-xr-x 0/0")
        .containsEntry("/opt/cni/bin/loopback", "-rwxr-xr-x 0/0")
        .containsEntry("/opt/cni/bin/README.md", "-rw-r--r-- 0/0")
        .containsEntry("/usr/bin", "drwxr-xr-x 0/0");
    assertThat(runtime.content("/usr/bin/containerd")).contains("echo bin/containerd of ");
    assertThat(Squashfs.of(image, "kubernetes").listing())
        .containsEntry("/usr/bin/kubelet", "-rwxr-xr-x 0/0")
        .containsEntry("/usr/bin/kubeadm", "-rwxr-xr-x 0/0")
        .containsEntry("/usr/bin/kubectl", "-rwxr-xr-x 0/0");
  }

  @Test
  void writesWhatTheProfileSaysOfTheNode() {
    Squashfs config = Squashfs.of(image, "config");

    assertThat(config.listing())
        .containsEntry("/etc/containerd/config.toml", "-rw-r--r-- 0/0")
        .containsEntry("/etc/localtime", "lrwxrwxrwx 0/0 -> /usr/share/zoneinfo/Etc/UTC");
    assertThat(config.content("/etc/containerd/config.toml"))
        .contains("version = 3", "SystemdCgroup = true");
    assertThat(config.content("/etc/sysctl.d/90-kiln.conf")).contains("net.ipv4.ip_forward");
    assertThat(config.content("/etc/modules-load.d/kiln.conf")).contains("br_netfilter");
  }

  @Test
  void changesOnlyTheLayerOfSettingsWithTheZone() throws IOException {
    String byOption =
        BakeBench.idOf(run(bench.builder(), bench.bake(bench.cache(), "cn", "--zone=cn")));
    String byVariable =
        BakeBench.idOf(
            run(bench.builder().with("KKZONE", "cn"), bench.bake(bench.cache(), "cn-again")));

    assertThat(byVariable).isEqualTo(byOption).isNotEqualTo(image.id().toString());
    ImageDirectory cn = ImageDirectory.read(directory.resolve("cn"));
    Map<String, Digest> layers = layers(cn);
    assertThat(layers.remove("config")).isNotEqualTo(layers(image).get("config"));
    assertThat(layers(image)).containsAllEntriesOf(layers);
    Squashfs config = Squashfs.of(cn, "config");
    assertThat(config.listing())
        .containsEntry("/etc/localtime", "lrwxrwxrwx 0/0 -> /usr/share/zoneinfo/Asia/Shanghai");
    assertThat(files(config))
        .anySatisfy(content("ntp.ntsc.ac.cn", "ntp.aliyun.com", "cn.pool.ntp.org"));
    assertThat(config.content("/etc/containerd/certs.d/docker.io/hosts.toml"))
        .contains("https://docker.m.daocloud.io");
  }

  @Test
  void refusesAPinWithAnotherDigestAndSaysWhatItTried() throws IOException {
    Digest wanted = Digest.of("another kubelet");
    Digest came = bench.pins().digest("kubelet");
    String right = Files.readString(directory.resolve(BakeBench.PROFILE));
    Files.writeString(directory.resolve("wrong.yaml"), right.replace(came.hex(), wanted.hex()));

    Ended ended =
        bench
            .builder()
            .run(
                "bake",
                "--profile=wrong.yaml",
                "--lock=wrong.lock.json",
                "--cache=" + bench.cache(),
                "--output=wrong");

    assertThat(ended.exitCode()).isEqualTo(ExitCode.INPUT.code());
    assertThat(ended.words())
        .isEqualTo(
            "builder: cannot fetch kubelet v1.36.4: %s no connection in time; %s gives other bytes: %s, not %s. The bytes were changed at their source or on their way: fetch them from another address, or lock again if the change is meant."
                .formatted(
                    bench.pins().deadAddress("kubelet"),
                    bench.pins().address("kubelet"),
                    came,
                    wanted));
    assertThat(directory.resolve("wrong")).doesNotExist();
    assertThat(directory.resolve(".wrong.part")).doesNotExist();
  }

  @Test
  void bakesTheSameAfterEveryKillAndTwiceAtOnce() throws Exception {
    Path cache = bench.cacheWithoutLayers();

    killIn(cache, "assemble/prepare-kit", "");
    killIn(cache, "assemble/unpack-bootstrap", "");
    killIn(cache, "assemble/install-base", "dpkg");
    killIn(cache, "assemble/keep-base", "mksquashfs");
    killIn(cache, "assemble/unpack-base", "");
    killIn(cache, "assemble/install-packages", "dpkg");
    killIn(cache, "seal/pack", "mksquashfs");

    assertThat(bench.idsOfTwoAtOnce(cache)).containsOnly(image.id().toString());

    forget(cache, "added-layer");
    killIn(cache, "add", "");
    forget(cache, "initrd");
    killIn(cache, "initrd", "");
    killIn(cache, "write", "");
    assertThat(BakeBench.idOf(run(bench.builder(), bench.bake(cache, "killed"))))
        .isEqualTo(image.id().toString());
    assertThat(names(cache.resolve("tmp"))).isEmpty();
    assertThat(names(cache.resolve("locks"))).containsOnly(".guard");
    assertThat(names(directory)).noneMatch(name -> name.endsWith(".part"));
  }

  @Test
  void bakesTheSameFromACacheOfWhichEverySortOfThingIsBroken() throws Exception {
    Path cache = bench.cacheWithEverything();
    Path made = cache.resolve("made");
    Rot.flip(made.resolve("os-layer").resolve(key("os")).resolve("content/kernel/vmlinuz"));
    Rot.flip(made.resolve("added-layer").resolve(key("runtime")).resolve("content/layer.squashfs"));
    for (String base : names(made.resolve("base-system"))) {
      Rot.flip(made.resolve("base-system").resolve(base).resolve("content/tree.squashfs"));
    }
    Rot.flip(cache.resolve(bench.ready("bash")).resolve("content"));
    Rot.flip(cache.resolve(BakeBench.blob(bench.pins().digest("runc"))));
    for (String kit : names(made.resolve("kit"))) {
      Path writer = made.resolve("kit").resolve(kit).resolve("content/usr/bin/mksquashfs");
      // The tools of the initrd are kept beside those of the bake, and have none.
      if (Files.exists(writer)) {
        Rot.flip(writer);
      }
    }
    for (String initrd : names(made.resolve("initrd"))) {
      Rot.flip(made.resolve("initrd").resolve(initrd).resolve("content"));
    }

    Ended ended = run(bench.builder(), bench.bake(cache, "mended"));

    assertThat(BakeBench.idOf(ended)).isEqualTo(image.id().toString());
    assertThat(ended.err().lines().filter(line -> line.contains(" is broken ")))
        .extracting(line -> line.replaceAll(".* the cache's ([a-z-]+) .*: made again", "$1"))
        .containsExactlyInAnyOrder(
            "kit", "os-layer", "ready-deb", "base-system", "added-layer", "blob", "initrd");
    assertThat(BakeBench.succeed(bench.builder().run("verify", "mended")).out())
        .startsWith("image " + image.id());
  }

  private static String key(String layer) {
    return Provenance.read(image).keyOf(layer + ".squashfs").orElseThrow().hex();
  }

  private static void killIn(Path cache, String step, String program) throws Exception {
    new KilledBake(bench.builder().startWatched(bench.bake(cache, "killed"))).killIn(step, program);
    KilledBake.assertNothingRunsIn(cache);
    assertThat(directory.resolve("killed")).doesNotExist();
  }

  /** Lets the next bake make it again. */
  private static void forget(Path cache, String kind) throws IOException {
    Path entries = cache.resolve("made").resolve(kind);
    Files.move(entries, Files.createTempDirectory(directory, "forgotten").resolve(kind));
  }

  private static Ended run(BuilderProgram builder, List<String> arguments) {
    return builder.run(arguments.toArray(String[]::new));
  }

  private static Map<String, Digest> layers(ImageDirectory of) {
    Map<String, Digest> digests = new TreeMap<>();
    of.manifest()
        .layers()
        .forEach((Layer layer) -> digests.put(layer.name(), layer.file().digest()));
    return digests;
  }

  private static List<String> files(Squashfs layer) {
    return layer.listing().entrySet().stream()
        .filter(file -> file.getValue().startsWith("-"))
        .map(file -> layer.content(file.getKey()))
        .toList();
  }

  private static Consumer<String> content(String... words) {
    return file -> assertThat(file).contains(words);
  }

  private static Map<String, Object> inodes(Path directory) throws IOException {
    Map<String, Object> inodes = new TreeMap<>();
    for (String name : names(directory)) {
      inodes.put(name, Files.getAttribute(directory.resolve(name), "unix:ino"));
    }
    return inodes;
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }
}
