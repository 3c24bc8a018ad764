package dev.kiln.builder.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.file.Digest;
import dev.kiln.lock.LockedBuild;
import dev.kiln.lock.LockedPackage;
import dev.kiln.lock.LockedSource;
import dev.kiln.lock.LockedSource.SourceFile;
import dev.kiln.profile.Build;
import dev.kiln.profile.ImagePath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuildKeyTest {
  private static final Map<String, String> ENVIRONMENT = Map.of("OUTPUT", "/o", "VERSION", "v1.0");
  private static final Build BUILD = Samples.build("make", "tool");
  private static final SourceFile DSC = Samples.sourceFile("tool_1.0.dsc", new byte[] {1});
  private static final LockedPackage DASH = Samples.toolPackage("dash", "shell");
  private static final LockedPackage SED = Samples.toolPackage("sed", "editor");
  private static final LockedBuild LOCKED = Samples.locked(List.of(DSC), List.of(DASH, SED));
  private static final Digest KEY = BuildKey.of(BUILD, LOCKED, "script", ENVIRONMENT);

  @Test
  void changesWithEveryInput() {
    SourceFile otherSource = Samples.sourceFile("tool_1.0.dsc", new byte[] {2});
    LockedPackage otherDash = Samples.toolPackage("dash", "another shell");

    assertThat(
            List.of(
                BuildKey.of(Samples.build("make all", "tool"), LOCKED, "script", ENVIRONMENT),
                BuildKey.of(Samples.build("make", "tool", "more"), LOCKED, "script", ENVIRONMENT),
                BuildKey.of(BUILD, LOCKED, "another script", ENVIRONMENT),
                BuildKey.of(BUILD, LOCKED, "script", Map.of("OUTPUT", "/o", "VERSION", "v1.1")),
                BuildKey.of(
                    BUILD,
                    Samples.locked(List.of(otherSource), List.of(DASH, SED)),
                    "script",
                    ENVIRONMENT),
                BuildKey.of(
                    BUILD,
                    Samples.locked(List.of(DSC), List.of(otherDash, SED)),
                    "script",
                    ENVIRONMENT),
                BuildKey.of(
                    BUILD, Samples.locked(List.of(DSC), List.of(DASH)), "script", ENVIRONMENT)))
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
    return BuildKey.of(BUILD, locked, "script", ENVIRONMENT);
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
            BUILD.source(),
            BUILD.toolchain(),
            BUILD.commands(),
            Map.of("tool", new ImagePath("/opt/tool")));

    assertThat(BuildKey.of(elsewhere, LOCKED, "script", ENVIRONMENT)).isEqualTo(KEY);
    assertThat(
            BuildKey.of(
                BUILD, Samples.locked(List.of(DSC), List.of(SED, DASH)), "script", ENVIRONMENT))
        .isEqualTo(KEY);
  }
}
