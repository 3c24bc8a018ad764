package dev.kiln.builder.bake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.builder.cache.BrokenEntry;
import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.cache.CacheEntry;
import dev.kiln.builder.cache.CachedFile;
import dev.kiln.builder.cache.Rot;
import dev.kiln.builder.layer.LayerTree;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import dev.kiln.lock.LockedPin;
import dev.kiln.node.system.NodeFile;
import dev.kiln.profile.Build;
import dev.kiln.profile.ImagePath;
import dev.kiln.profile.LayerName;
import dev.kiln.profile.Making;
import dev.kiln.profile.Pin;
import dev.kiln.profile.Placement;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartsOfProfileTest {
  private static final List<URI> SOMEWHERE = List.of(URI.create("https://example.org/file"));

  @TempDir private Path directory;

  private LayerTree tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = new LayerTree(Files.createDirectory(directory.resolve("tree")));
  }

  @Test
  void installsAPinAsAProgram() throws IOException {
    Path file = Files.writeString(directory.resolve("blob"), "a program");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));

    LayerPart part =
        ofPin("kubelet", new Placement.Install(new ImagePath("/usr/bin/kubelet")), file);
    part.contents().addTo(tree);

    Path program = tree.root().resolve("usr/bin/kubelet");
    assertThat(program).hasContent("a program").isExecutable();
    assertThat(part.layer()).isEqualTo(LayerName.KUBERNETES);
  }

  @Test
  void refusesAPinsArchiveWhoseEntryEscapes() throws IOException {
    Path archive = directory.resolve("blob");
    try (OutputStream out = Files.newOutputStream(archive);
        TarArchiveOutputStream tar =
            new TarArchiveOutputStream(new GzipCompressorOutputStream(out))) {
      TarArchiveEntry entry = new TarArchiveEntry("bin/../../../../escape", true);
      tar.putArchiveEntry(entry);
      tar.closeArchiveEntry();
    }
    LayerPart part = ofPin("cni", new Placement.Unpack(new ImagePath("/opt/cni"), 1), archive);

    assertThatThrownBy(() -> part.contents().addTo(tree))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("the archive of pin 'cni'")
        .hasMessageContaining("leaves its directory");
    assertThat(tree.root()).isEmptyDirectory();
  }

  @Test
  void placesNoPinThatChangedInTheCache() throws IOException {
    Path file = Files.writeString(directory.resolve("blob"), "a program");
    LayerPart program =
        ofPin("kubelet", new Placement.Install(new ImagePath("/usr/bin/kubelet")), file);
    LayerPart archive = ofPin("cni", new Placement.Unpack(new ImagePath("/opt/cni"), 1), file);
    Rot.flip(file);

    for (LayerPart part : List.of(program, archive)) {
      assertThatThrownBy(() -> part.contents().addTo(tree))
          .isInstanceOf(BrokenEntry.class)
          .hasMessageContaining("its content was changed");
    }
  }

  @Test
  void placesNoOutputThatChangedInTheCache() throws IOException {
    CacheEntry outputs = outputs();
    Rot.flip(outputs.path().resolve("tool"));

    assertThatThrownBy(() -> PartsOfProfile.ofBuild(build(), outputs).contents().addTo(tree))
        .isInstanceOf(BrokenEntry.class)
        .hasMessageContaining("tool was changed");
  }

  @Test
  void installsTheDeclaredOutputsOfABuild() throws IOException {
    PartsOfProfile.ofBuild(build(), outputs()).contents().addTo(tree);

    assertThat(tree.root().resolve("usr/bin")).isDirectoryNotContaining("glob:**/spare");
    assertThat(tree.root().resolve("usr/bin/tool")).hasContent("built").isExecutable();
  }

  @Test
  void writesKilnsOwnFilesIntoTheConfigLayer() throws IOException {
    List<LayerPart> files =
        PartsOfProfile.ofFiles(
            List.of(
                NodeFile.file("/etc/kiln/answer", "42\n"),
                NodeFile.link("/etc/localtime", "/usr/share/zoneinfo/UTC")));

    for (LayerPart file : files) {
      file.contents().addTo(tree);
    }

    assertThat(files).allMatch(file -> file.layer() == LayerName.CONFIG);
    assertThat(tree.root().resolve("etc/kiln/answer")).hasContent("42\n");
    assertThat(Files.readSymbolicLink(tree.root().resolve("etc/localtime")))
        .hasToString("/usr/share/zoneinfo/UTC");
  }

  @Test
  void hasOtherInputsWhenTheBytesOrThePlaceDiffer() throws IOException {
    Path blob = Files.writeString(directory.resolve("blob"), "x");
    Placement here = new Placement.Install(new ImagePath("/usr/bin/a"));
    Placement there = new Placement.Install(new ImagePath("/usr/bin/b"));

    Digest inputs = ofPin("a", here, blob).inputs();

    assertThat(ofPin("a", here, blob).inputs()).isEqualTo(inputs);
    assertThat(ofPin("a", there, blob).inputs()).isNotEqualTo(inputs);
    Files.writeString(blob, "y");
    assertThat(ofPin("a", here, blob).inputs()).isNotEqualTo(inputs);
    assertThat(PartsOfProfile.ofFiles(List.of(NodeFile.file("/etc/a", "x"))).get(0).inputs())
        .isNotEqualTo(
            PartsOfProfile.ofFiles(List.of(NodeFile.file("/etc/a", "y"))).get(0).inputs());
  }

  private CacheEntry outputs() {
    return new Cache(directory.resolve("cache"))
        .entry(
            "built-pin",
            Digest.of("inputs"),
            target -> {
              Files.createDirectory(target);
              Files.writeString(target.resolve("tool"), "built");
              Files.writeString(target.resolve("spare"), "not asked for");
            });
  }

  private static Build build() {
    return new Build(
        "tool",
        "v1",
        LayerName.KUBERNETES,
        new Making.OfPackage(
            new Making.Source("debian", "tool", "1.0"),
            Map.of("dash", "runs the commands"),
            "true\n"),
        Map.of("tool", new ImagePath("/usr/bin/tool")));
  }

  private static LayerPart ofPin(String name, Placement placement, Path file) throws IOException {
    Digest digest = Digest.of(Files.readAllBytes(file));
    return PartsOfProfile.ofPin(
        new Pin(name, "v1", digest, SOMEWHERE, LayerName.KUBERNETES, placement),
        new LockedPin(name, "v1", digest, SOMEWHERE),
        CachedFile.ofBlob(file, digest));
  }
}
