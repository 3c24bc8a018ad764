package dev.kiln.builder.gomod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.builder.distro.KnownFamilies;
import dev.kiln.file.InputFiles;
import dev.kiln.profile.Profile;
import dev.kiln.profile.ZoneName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {
  private static final Profile MODULES = KnownFamilies.CATALOG.find("debian12-modules");

  @TempDir private Path home;
  private final Map<String, String> environment = new HashMap<>();

  @Test
  void asksInTheOrderOfTheVariableAndPassesOverAsItsSignsSay() {
    environment.put("GOPROXY", "https://a.example/|http://b.example/go,file:///srv/go,direct,off");

    assertThat(found("cn").all())
        .extracting(proxy -> proxy.root() + " " + proxy.passedOver())
        .containsExactly(
            "https://a.example true", "http://b.example/go false", "file:///srv/go false");
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct", "off", "off,https://a.example", ",", "|direct"})
  void refusesAVariableThatNamesNoProxy(String text) {
    environment.put("GOPROXY", text);

    assertThatThrownBy(() -> found("default"))
        .hasMessageContaining("GOPROXY names no Go module proxy")
        .hasMessageContaining("never from the repositories they are developed in");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://user:secret@a.example",
        "https://user:secret@",
        "https://user:secret@a b",
        "//user:secret@a.example"
      })
  void refusesWhatIsNoAddressAndShowsNoPassword(String text) {
    environment.put("GOPROXY", text);

    assertThatThrownBy(() -> found("default"))
        .hasMessageContaining("is no address of a Go module proxy")
        .message()
        .doesNotContain("secret");
  }

  @Test
  void takesWhatGoItselfWasToldBeforeTheZones() throws IOException {
    Path file = Files.createDirectories(home.resolve(".config/go")).resolve("env");
    Files.writeString(file, "GOFLAGS=-x\nGOPROXY=https://mine.example,direct\n");

    assertThat(roots("cn")).containsExactly("https://mine.example");
    environment.put("GOENV", "off");
    assertThat(roots("cn")).containsExactly("https://goproxy.cn");
    environment.put("GOENV", file.toString());
    assertThat(roots("cn")).containsExactly("https://mine.example");
    environment.put("GOPROXY", "https://here.example");
    assertThat(roots("cn")).containsExactly("https://here.example");
  }

  @Test
  void takesTheZonesAndElseThePublicOne() {
    assertThat(roots("cn")).containsExactly("https://goproxy.cn");
    assertThat(roots("default")).hasSize(1);
  }

  @Test
  void looksForNoneWhereNoneIsNeeded() {
    environment.put("GOPROXY", "off");
    Profile downloads = KnownFamilies.CATALOG.find("debian12");

    assertThat(
            new FindProxies(environment, new InputFiles())
                .find(downloads, downloads.zone(ZoneName.DEFAULT)))
        .isEqualTo(ModuleProxies.NONE);
  }

  private List<String> roots(String zone) {
    return found(zone).all().stream().map(proxy -> proxy.root().toString()).toList();
  }

  private ModuleProxies found(String zone) {
    environment.put("HOME", home.toString());
    return new FindProxies(environment, new InputFiles())
        .find(MODULES, MODULES.zone(new ZoneName(zone)));
  }
}
