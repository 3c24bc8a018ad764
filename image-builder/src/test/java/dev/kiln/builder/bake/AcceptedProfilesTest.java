package dev.kiln.builder.bake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.distro.KnownFamilies;
import dev.kiln.builder.layer.LayerTree;
import dev.kiln.builder.lock.LockProfile;
import dev.kiln.builder.lock.SampleLock;
import dev.kiln.document.Json;
import dev.kiln.document.UtcTime;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import dev.kiln.lock.IndexName;
import dev.kiln.lock.Lock;
import dev.kiln.lock.LockedIndex;
import dev.kiln.lock.LockedPackage;
import dev.kiln.lock.LockedSet;
import dev.kiln.manifest.BootManifest;
import dev.kiln.manifest.ImageFile;
import dev.kiln.manifest.Layer;
import dev.kiln.manifest.Manifest;
import dev.kiln.node.boot.KernelCommandLine;
import dev.kiln.node.system.NodeFiles;
import dev.kiln.profile.Build;
import dev.kiln.profile.ImagePath;
import dev.kiln.profile.Making;
import dev.kiln.profile.Pin;
import dev.kiln.profile.Placement;
import dev.kiln.profile.Profile;
import dev.kiln.profile.Repository;
import dev.kiln.profile.Zone;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a profile may hold, everything that is made of it may hold too: else a bake works for
 * minutes, and then ends as if Kiln were wrong.
 */
class AcceptedProfilesTest {
  private static final Digest DIGEST = Digest.of("x");

  /** Each value that a person chooses stands between guillemets. */
  private static final String PROFILE =
      """
      name: «sample»
      description: «A sample»
      distribution: {name: debian, release: bookworm}
      architecture: amd64
      repositories:
        «debian»:
          mirror: «https://deb.example/debian»
          archive: «https://archive.example/debian»
          suites: [«bookworm-security/updates»]
          components: [«main»]
          keyring: debian-archive
      packages:
        include:
          linux-image-amd64: kernel
          containerd: runtime
          systemd-sysv: init
          tzdata: time
          «busybox»: «to try it»
      pins:
        «tool»:
          version: «1.2.3-rc.1»
          sha256: "0000000000000000000000000000000000000000000000000000000000000000"
          addresses: [«https://one.example/a%20b/tool?arch=amd64»]
          layer: runtime
          install: «/usr/bin/tool»
        bundle:
          version: v1
          sha256: "1111111111111111111111111111111111111111111111111111111111111111"
          addresses: [«https://two.example/bundle.tar.gz»]
          layer: runtime
          unpack: {to: «/opt/bundle», strip: 2}
      builds:
        «thing»:
          version: «v1.0.0»
          layer: kubernetes
          source: {repository: debian, package: «thing-src», version: «2:1.0-1~deb12u1»}
          toolchain: {«make»: «runs the Makefile»}
          commands: «make DESTDIR="$OUTPUT"»
          outputs: {«bin/thing»: «/usr/local/bin/thing»}
      node:
        modules: {«br_netfilter»: «to try it»}
        sysctls:
          «net.ipv4.conf.eth0/1.forwarding»: {value: «1024 65000», why: «many»}
        kernelArguments: {«quiet»: «fewer», «console=ttyS0,115200»: «the line»}
        containerd: {version: "1.6", configVersion: 2, sandboxImage: «registry.example/pause:3.9»}
      zones:
        default: {timeZone: Etc/UTC}
        «lab»:
          timeZone: Asia/Shanghai
          timeServers: [«time.example»]
          addresses: {«https://one.example/»: «https://near.example/one/»}
          registries: {«registry.example:5000»: [«https://mirror.example/v2»]}
      """;

  private static final List<String> NASTY =
      List.of(
          ".",
          "-",
          "--",
          "_",
          "+",
          ":",
          "/",
          "=",
          ",",
          "@",
          " ",
          "$",
          "${",
          "`",
          "'",
          "\"",
          "\\",
          "{",
          "}",
          "[",
          "]",
          "#",
          ";",
          "&&",
          "|",
          "~",
          "%",
          "%2",
          "%41",
          "*",
          "?",
          "ü",
          "Z",
          "9",
          "\u0085",
          "\u2028",
          "\uD800",
          "\uFEFF",
          "\uD83D\uDD25",
          "\t",
          "\n",
          "\0");

  private static final List<Integer> LENGTHS = List.of(55, 130, 250, 490, 1_100, 5_000);

  @TempDir private Path directory;

  @Test
  void canBeLockedPlacedAndBooted() throws IOException {
    List<String> parts = List.of(PROFILE.split("[«»]"));
    assertThat(take(parts)).as("the sample itself").isTrue();

    int accepted = 0;
    for (int field = 1; field < parts.size(); field += 2) {
      for (String value : others(parts.get(field))) {
        List<String> changed = new ArrayList<>(parts);
        changed.set(field, value);
        try {
          accepted += take(changed) ? 1 : 0;
        } catch (RuntimeException | IOException | AssertionError e) {
          throw new AssertionError("accepted, and refused later: " + quoted(value), e);
        }
      }
    }
    assertThat(accepted).isGreaterThan(parts.size());
  }

  private static List<String> others(String value) {
    List<String> others = new ArrayList<>();
    for (String odd : NASTY) {
      others.add(odd + value);
      others.add(value + odd);
    }
    LENGTHS.forEach(length -> others.add(value + "a".repeat(length)));
    return others;
  }

  /** Whether the profile is accepted; then all that is made of it is made. */
  private boolean take(List<String> parts) throws IOException {
    StringBuilder yaml = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      yaml.append(i % 2 == 0 ? parts.get(i) : quoted(parts.get(i)));
    }
    Path file = Files.writeString(directory.resolve("sample.yaml"), yaml);
    Profile profile;
    try {
      profile = KnownFamilies.CATALOG.find(file.toString());
    } catch (KilnException e) {
      return false;
    }
    lock(profile);
    boot(profile);
    place(profile);
    for (Zone zone : profile.zones().values()) {
      assertThat(
              NodeFiles.render(
                  profile, zone, KnownFamilies.DEBIAN.conventions(profile.distribution())))
          .isNotEmpty();
      profile.pins().values().forEach(pin -> requireWeb(zone.addressesOf(pin)));
    }
    return true;
  }

  private static void lock(Profile profile) {
    List<LockedIndex> indexes = new ArrayList<>();
    for (Repository repository : profile.repositories().values()) {
      for (String suite : repository.suites()) {
        IndexName name =
            new IndexName(repository.name(), suite, UtcTime.parse("2026-11-20T08:12:44Z"));
        indexes.add(new LockedIndex(name, repository.components(), DIGEST, DIGEST, false));
      }
    }
    List<LockedPackage> packages = new ArrayList<>();
    profile
        .packages()
        .include()
        .forEach((name, reason) -> packages.add(locked(name, reason, indexes)));
    for (Build build : profile.builds().values()) {
      if (build.making() instanceof Making.OfPackage made) {
        made.toolchain().forEach((name, reason) -> packages.add(locked(name, reason, indexes)));
        packages.add(locked(made.source().packageName(), "a source", indexes));
      }
    }
    LockedSet set = new LockedSet(SampleLock.DISTRIBUTION, "amd64", false, indexes, packages);
    Lock lock =
        new Lock(
            Lock.VERSION,
            profile.name(),
            profile.digest(),
            set,
            List.of(),
            List.of(),
            set,
            List.of(set),
            LockProfile.pins(profile),
            List.of());

    byte[] written = Json.write(lock);
    assertThat(Json.write(Json.read("lock", written, Lock.class))).isEqualTo(written);
  }

  private static LockedPackage locked(String name, String reason, List<LockedIndex> indexes) {
    return new LockedPackage(
        name, "1", "all", indexes.get(0).name(), "pool/x", 1, DIGEST, reason, Map.of());
  }

  private static void boot(Profile profile) {
    ImageFile layer = new ImageFile("os.squashfs", 8192, DIGEST);
    Manifest manifest =
        new Manifest(
            Manifest.VERSION,
            profile.architecture().toString(),
            "6.1",
            List.copyOf(profile.node().kernelArguments().keySet()),
            new ImageFile("vmlinuz", 1, DIGEST),
            new ImageFile("initrd", 1, DIGEST),
            new ImageFile(BootManifest.FILE, 1, DIGEST),
            List.of(new Layer("os", layer, new Layer.Verity(DIGEST, 4096))));
    List<String> arguments = new ArrayList<>(manifest.commandLine());
    arguments.add("initrd=initrd");
    arguments.add("kiln.url=http://192.168.100.100:8080/images/" + DIGEST.hex() + "/");
    arguments.add("ds=nocloud-net;s=http://192.168.100.100:8080/nocloud/52:54:00:00:00:0a/");
    assertThat(new KernelCommandLine(arguments).arguments()).hasSize(arguments.size());
  }

  /** Below a directory as deep as a user's cache may be. */
  private void place(Profile profile) throws IOException {
    Path deep = directory.resolve("c".repeat(200));
    LayerTree programs = new LayerTree(Files.createDirectories(deep));
    for (Pin pin : profile.pins().values()) {
      if (pin.placement() instanceof Placement.Install install) {
        addProgram(programs, install.path().text());
      } else if (pin.placement() instanceof Placement.Unpack unpack) {
        addProgram(programs, unpack.to().text() + "/bin/program");
      }
    }
    for (Build build : profile.builds().values()) {
      for (Map.Entry<String, ImagePath> output : build.outputs().entrySet()) {
        addProgram(programs, output.getValue().text());
        assertThat(Path.of(output.getKey()).normalize()).hasToString(output.getKey());
      }
    }
    remove(deep);
  }

  /** The links lead to places of this machine, too: they are removed, not followed. */
  private static void remove(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static void addProgram(LayerTree tree, String path) throws IOException {
    tree.addFile(path, new ByteArrayInputStream(new byte[0]), 0755);
  }

  private static void requireWeb(List<URI> addresses) {
    assertThat(addresses)
        .allSatisfy(address -> assertThat(Optional.ofNullable(address.getHost())).isPresent());
  }

  /** As YAML and JSON write a text. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = c >= ' ' && c < 0x7f && c != '"' && c != '\\';
      quoted.append(plain ? String.valueOf(c) : String.format("\\u%04x", (int) c));
    }
    return quoted.append('"').toString();
  }
}
