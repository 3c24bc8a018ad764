package dev.kiln.builder.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.cache.CachedFile;
import dev.kiln.builder.distro.KnownFamilies;
import dev.kiln.file.Digest;
import dev.kiln.lock.LockedBuild;
import dev.kiln.lock.LockedPackage;
import dev.kiln.lock.LockedSource;
import dev.kiln.lock.LockedSource.SourceFile;
import dev.kiln.lock.LockedSource.SourcePackage;
import dev.kiln.profile.Build;
import dev.kiln.profile.ImagePath;
import dev.kiln.profile.Making;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuildKeyTest {
  private static final Build BUILD = Samples.build("make", "tool");
  private static final SourceFile DSC = Samples.sourceFile("tool_1.0.dsc", new byte[] {1});
  private static final LockedPackage DASH = Samples.toolPackage("dash", "shell");
  private static final LockedPackage SED = Samples.toolPackage("sed", "editor");
  private static final LockedBuild LOCKED = Samples.locked(List.of(DSC), List.of(DASH, SED));
  private static final Digest KEY = BuildKey.of(BUILD, LOCKED, formats("script"));

  @Test
  void changesWithEveryInput() {
    SourceFile otherSource = Samples.sourceFile("tool_1.0.dsc", new byte[] {2});
    LockedPackage otherDash = Samples.toolPackage("dash", "another shell");

    assertThat(
            List.of(
                BuildKey.of(Samples.build("make all", "tool"), LOCKED, formats("script")),
                BuildKey.of(Samples.build("make", "tool", "more"), LOCKED, formats("script")),
                BuildKey.of(BUILD, LOCKED, formats("another script")),
                BuildKey.of(version("v1.1"), LOCKED, formats("script")),
                BuildKey.of(
                    BUILD,
                    Samples.locked(List.of(otherSource), List.of(DASH, SED)),
                    formats("script")),
                BuildKey.of(
                    BUILD,
                    Samples.locked(List.of(DSC), List.of(otherDash, SED)),
                    formats("script")),
                BuildKey.of(BUILD, Samples.locked(List.of(DSC), List.of(DASH)), formats("script"))))
        .doesNotHaveDuplicates()
        .doesNotContain(KEY);
  }

  /** Else a wrong word of a lock would pass as long as the cache has what was built before. */
  @Test
  void changesWithAllThatIsComparedWhenTheBuildRuns() {
    SourceFile sized = new SourceFile(DSC.index(), DSC.path(), DSC.size() + 1, DSC.digest());
    LockedPackage versioned =
        new LockedPackage(
            DASH.name(),
            "9",
            DASH.architecture(),
            DASH.index(),
            DASH.path(),
            DASH.size(),
            DASH.digest(),
            DASH.reason(),
            DASH.relations());

    assertThat(
            List.of(
                key(Samples.locked(List.of(sized), List.of(DASH, SED))),
                key(Samples.locked(List.of(DSC), List.of(versioned, SED))),
                key(ofSource("other", "1.0")),
                key(ofSource("tool", "9"))))
        .doesNotHaveDuplicates()
        .doesNotContain(KEY);
  }

  private static Digest key(LockedBuild locked) {
    return BuildKey.of(BUILD, locked, formats("script"));
  }

  private static LockedBuild ofSource(String name, String version) {
    return new LockedBuild(
        LOCKED.name(),
        LOCKED.version(),
        new LockedSource.SourcePackage(name, version, List.of(DSC)),
        LOCKED.toolchain(),
        LOCKED.recipe());
  }

  @Test
  void staysWhereOnlyThePlaceInTheImageOrTheOrderOfPackagesChanges() {
    Build elsewhere =
        new Build(
            BUILD.name(),
            BUILD.version(),
            BUILD.layer(),
            BUILD.making(),
            Map.of("tool", new ImagePath("/opt/tool")));

    assertThat(BuildKey.of(elsewhere, LOCKED, formats("script"))).isEqualTo(KEY);
    assertThat(
            BuildKey.of(BUILD, Samples.locked(List.of(DSC), List.of(SED, DASH)), formats("script")))
        .isEqualTo(KEY);
  }

  private static Build version(String version) {
    return new Build(BUILD.name(), version, BUILD.layer(), BUILD.making(), BUILD.outputs());
  }

  private static BuildFormats formats(String unpacking) {
    return new BuildFormats(
        KnownFamilies.DEBIAN.packages(), new Unpacking(unpacking), "amd64", "amd64");
  }

  /** Sources that are unpacked by other lines. */
  private record Unpacking(String unpacking) implements SourceFormat {
    @Override
    public void check(
        Build wanted, Making.OfPackage made, SourcePackage locked, List<CachedFile> files) {}

    @Override
    public Map<String, String> programs() {
      return Map.of();
    }
  }
}
