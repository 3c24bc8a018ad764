package dev.kiln.builder.source;

import dev.kiln.builder.lock.SampleLock;
import dev.kiln.file.Digest;
import dev.kiln.lock.LockedBuild;
import dev.kiln.lock.LockedPackage;
import dev.kiln.lock.LockedSource;
import dev.kiln.lock.LockedSource.SourceFile;
import dev.kiln.profile.Build;
import dev.kiln.profile.ImagePath;
import dev.kiln.profile.LayerName;
import dev.kiln.profile.Making;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Builds for tests: one program, {@code tool}, of the source package {@code tool} 1.0. */
public final class Samples {
  private Samples() {}

  public static Build build(String commands, String... outputs) {
    Map<String, ImagePath> paths =
        Stream.of(outputs)
            .collect(
                java.util.stream.Collectors.toMap(
                    name -> name, name -> new ImagePath("/usr/bin/" + name)));
    return new Build(
        "tool",
        "v1.0",
        LayerName.KUBERNETES,
        new Making.OfPackage(
            new Making.Source("debian", "tool", "1.0"),
            Map.of("dash", "runs the commands"),
            commands),
        paths);
  }

  public static LockedBuild locked(List<SourceFile> files, List<LockedPackage> toolchain) {
    return new LockedBuild(
        "tool",
        "v1.0",
        new LockedSource.SourcePackage("tool", "1.0", files),
        toolchain,
        Digest.of("recipe"));
  }

  public static SourceFile sourceFile(String name, byte[] content) {
    return new SourceFile(
        SampleLock.INDEX, "pool/main/t/tool/" + name, content.length, Digest.of(content));
  }

  public static LockedPackage toolPackage(String name, String content) {
    return SampleLock.binary(
        name, "1.0", "amd64", content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
