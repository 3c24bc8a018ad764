package dev.kiln.builder.distro.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.builder.distro.KnownFamilies;
import dev.kiln.failure.KilnException;
import dev.kiln.node.system.Conventions;
import dev.kiln.node.system.NodeFile;
import dev.kiln.node.system.NodeFile.Link;
import dev.kiln.node.system.NodeFile.Regular;
import dev.kiln.node.system.NodeFiles;
import dev.kiln.profile.Distribution;
import dev.kiln.profile.FamilyRules;
import dev.kiln.profile.Profile;
import dev.kiln.profile.ZoneName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DebianConventionsTest {
  /** What cloudinit-templates is tested with: these files went through the real tools there. */
  private static final Path APPROVED = Path.of("../cloudinit-templates/src/test/resources/system");

  @ParameterizedTest
  @CsvSource({"debian12,default", "debian12,cn", "debian12-source,default"})
  void makesTheFilesThatWereApproved(String name, String zone) throws IOException {
    Profile profile = KnownFamilies.CATALOG.find(name);

    StringBuilder files = new StringBuilder();
    Conventions conventions = new DebianFamily().conventions(profile.distribution());
    NodeFiles.render(profile, profile.zone(new ZoneName(zone)), conventions)
        .forEach(file -> files.append(entry(file)).append('\n'));

    assertThat(files).hasToString(Files.readString(APPROVED.resolve(name + "-" + zone + ".txt")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bullseye", "buster", "12"})
  void refusesAReleaseOfWhichNothingIsKnown(String release) {
    FamilyRules rules = new DebianFamily().rules();

    assertThatThrownBy(
            () -> new DebianFamily().conventions(new Distribution(rules, "debian", release)))
        .isInstanceOf(KilnException.class)
        .hasMessage(
            "nothing is known of how Debian "
                + release
                + " calls its units and places. Take one of bookworm, trixie, forky, sid.")
        .extracting(refusal -> ((KilnException) refusal).kind())
        .isEqualTo(KilnException.Kind.UNSUPPORTED);
  }

  private static String entry(NodeFile file) {
    return file instanceof Regular regular
        ? String.format("==> %s %04o%n%s", regular.path(), regular.mode(), regular.text())
        : String.format("==> %s -> %s%n", file.path(), ((Link) file).target());
  }
}
