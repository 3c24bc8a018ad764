package dev.kiln.builder.gomod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.file.InputFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksumSettingsTest {
  private static final String KEY =
      "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";

  @TempDir private Path home;
  private final Map<String, String> environment = new HashMap<>();

  @Test
  void asksThePublicOneUnlessToldOtherwise() {
    ChecksumSettings found = found();

    assertThat(found.key()).contains(NoteKey.parse(KEY));
    assertThat(found.address()).isEmpty();
    assertThat(found.whyUnasked("k8s.io/api")).isEmpty();
    environment.put("GOSUMDB", "sum.golang.org");
    assertThat(found()).isEqualTo(found);
  }

  @Test
  void asksAtAnotherAddressWhereOneIsNamed() {
    environment.put("GOSUMDB", KEY + "  https://sums.example/");
    assertThat(found().address()).contains(URI.create("https://sums.example"));

    environment.put("GOSUMDB", "sum.golang.google.cn");
    assertThat(found().address()).contains(URI.create("https://sum.golang.google.cn"));
    assertThat(found().key()).contains(NoteKey.parse(KEY));
  }

  @Test
  void takesWhatGoItselfWasToldBelowTheVariables() throws IOException {
    Path file = Files.createDirectories(home.resolve(".config/go")).resolve("env");
    Files.writeString(file, "GOSUMDB=off\n");

    assertThat(found().whyUnasked("k8s.io/api")).contains("GOSUMDB in " + file + " is off");
    environment.put("GOSUMDB", "sum.golang.org");
    assertThat(found().whyUnasked("k8s.io/api")).isEmpty();
  }

  @Test
  void asksNobodyWhoseKeyIsNotKnown() {
    environment.put("GOSUMDB", "sums.example");

    assertThat(found().whyUnasked("k8s.io/api"))
        .contains("GOSUMDB names a database whose key is not known");
  }

  @ParameterizedTest
  @CsvSource({
    "corp.example, true",
    "corp.example/x/y, true",
    "corp.example.org, false",
    "a.mine.example/x, true",
    "a/mine.example, false",
    "github.com/Me/tool/v2, true",
    "github.com/me/tool, false",
    "github.com, false",
  })
  void knowsPrivateModulesByTheirFirstElements(String module, boolean isPrivate) {
    environment.put("GOPRIVATE", "corp.example/, *.mine.example,github.com/Me/t?ol,{,,");

    assertThat(found().whyUnasked(module).isPresent()).isEqualTo(isPrivate);
    environment.put("GONOSUMDB", "none");
    assertThat(found().whyUnasked(module)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sum.golang.org+033de0af+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
        "sum.golang.com+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
        "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn9",
        "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuA=8",
        "sum.golang.org+033de0ae+",
        "sum/../x+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
      })
  void refusesAKeyThatIsNone(String key) {
    environment.put("GOSUMDB", key);

    assertThatThrownBy(this::found).hasMessageContaining("is no key of a checksum database");
  }

  private ChecksumSettings found() {
    environment.put("HOME", home.toString());
    return ChecksumSettings.of(GoSettings.read(environment, new InputFiles()));
  }
}
