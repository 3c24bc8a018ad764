package dev.kiln.builder.source;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.cache.CachedFile;
import dev.kiln.builder.kit.Kit;
import dev.kiln.builder.packages.ReadyPackage;
import dev.kiln.builder.progress.PlainProgress;
import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.builder.sandbox.Sandbox;
import dev.kiln.document.Json;
import dev.kiln.file.Digest;
import dev.kiln.lock.LockedBuild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A process of its own that builds the small source package, to be killed: {@code DIRECTORY KIT}.
 * Its steps are lines on standard output.
 */
final class BuildWorker {
  private BuildWorker() {}

  /** Writes down what {@link #main} will need. */
  static void prepare(Path directory, LockedBuild locked, List<ReadyPackage> ready, String commands)
      throws Exception {
    Files.write(directory.resolve("locked.json"), Json.write(locked));
    Files.write(
        directory.resolve("ready"), ready.stream().map(each -> each.file().toString()).toList());
    Files.writeString(directory.resolve("commands"), commands);
  }

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    ImageTree root = ImageTree.at(Path.of(arguments[1]));
    Path scratch = Files.createTempDirectory(directory, "sandbox");
    LockedBuild locked =
        Json.read(
            "locked.json", Files.readAllBytes(directory.resolve("locked.json")), LockedBuild.class);
    BuildInputs inputs =
        new BuildInputs.OfPackage(
            new SmallSource(directory.resolve("blob-of-dsc"), directory.resolve("blob-of-archive"))
                .files(),
            ready(locked, directory.resolve("ready")));
    Kit kit = new Kit(Digest.of("kit"), root, new Sandbox(root, Kit.BUSYBOX, scratch));
    new BuildPin(
            new Cache(directory.resolve("cache")),
            () -> kit,
            Workshop.FORMATS,
            new PlainProgress("worker", System.out, Optional.empty()))
        .build(
            Samples.build(Files.readString(directory.resolve("commands")), "tool"),
            locked,
            wanted -> inputs);
  }

  private static List<ReadyPackage> ready(LockedBuild locked, Path names) throws IOException {
    List<ReadyPackage> ready = new ArrayList<>();
    for (String name : Files.readAllLines(names)) {
      ready.add(
          new ReadyPackage(
              locked.toolchain().get(ready.size()),
              CachedFile.ofBlob(Path.of(name), Digest.of(Path.of(name)))));
    }
    return ready;
  }
}
