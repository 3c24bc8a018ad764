package dev.kiln.builder.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.cli.BuilderProgram.Ended;
import dev.kiln.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code builder check} says of pins and repositories that are there, and that are not. */
class CheckProfileIT extends SmallBakeFixture {
  private static final String NONE = "no address answers as it should";

  @BeforeEach
  void addPins() throws IOException {
    archive.replace("near/tool", "tool".getBytes(UTF_8));
    archive.replace("far/tool", "tool".getBytes(UTF_8));
    archive.replace("far/kubectl", "kubectl".getBytes(UTF_8));
    Files.writeString(
        profile,
        Files.readString(profile)
            + "pins:\n"
            + pin("tool", "v1.2.3", "absent/tool", "far/tool")
            + pin("kubectl", "v1.36.4", "far/kubectl")
            + """
              zones:
                default: {timeZone: Etc/UTC}
                near: {timeZone: Etc/UTC, addresses: {"%s/": "%s/"}}
              """
                .formatted(archive.address("far"), archive.address("near")));
  }

  @Test
  void namesTheFirstAddressOfEachThatAnswersAndFetchesNoPin() {
    Ended ended = check();

    assertThat(ended.err()).isEmpty();
    assertThat(ended.out())
        .isEqualTo(
            """
            pin         tool v1.2.3      %s
            pin         kubectl v1.36.4  %s
            repository  debian small     %s
            """
                .formatted(
                    archive.address("far/tool"),
                    archive.address("far/kubectl"),
                    archive.address("")));
    assertThat(ended.exitCode()).isEqualTo(ExitCode.OK.code());
    assertThat(archive.requests())
        .containsExactlyInAnyOrder(
            "HEAD /debian/absent/tool",
            "HEAD /debian/far/tool",
            "HEAD /debian/far/kubectl",
            "GET /debian/" + SmallArchive.IN_RELEASE);
  }

  @Test
  void asksTheZonesAddressesFirst() {
    assertThat(check("--zone=near").out())
        .contains("tool v1.2.3      " + archive.address("near/tool"))
        .contains("kubectl v1.36.4  " + archive.address("far/kubectl"));
    builder.with("KKZONE", "near");
    assertThat(check().out()).contains("tool v1.2.3      " + archive.address("near/tool"));
  }

  @Test
  void asksForTheRepositoriesOfTheKitToo() throws IOException {
    String text = Files.readString(profile);
    Files.writeString(
        profile,
        text.replace(
            "    debian-security: null\n",
            """
                debian-security: null
                tools: {mirror: "%s", suites: [none], components: [main], keyring: ./keys.gpg}
            """
                .formatted(archive.address("tools"))));
    assertThat(Files.readString(profile)).isNotEqualTo(text);

    Ended ended = check();

    assertThat(ended.out()).containsPattern("repository  debian small +" + archive.address(""));
    assertThat(ended.out()).containsPattern("kit +tools none +" + NONE);
    assertThat(ended.exitCode()).isEqualTo(ExitCode.DEPENDENCY.code());
  }

  @Test
  void showsNoPasswordOfAMirror() {
    String mirror = archive.address("").replace("//", "//user:secret@");

    Ended ended = check("--mirror=debian=" + mirror);

    assertThat(ended.out()).contains("debian small     " + archive.address(""));
    assertThat(ended.out() + ended.err()).doesNotContain("secret");
  }

  @Test
  void tellsEverythingThatCannotBeHadAtOnce() {
    archive.drop("far/tool");
    archive.drop("far/kubectl");
    archive.replace(SmallArchive.IN_RELEASE, "<html>Please log in</html>".getBytes(UTF_8));

    Ended ended = check();

    assertThat(ended.out())
        .isEqualTo(
            """
            pin         tool v1.2.3      %s
            pin         kubectl v1.36.4  %s
            repository  debian small     %s
            """
                .formatted(NONE, NONE, NONE));
    String mend =
        "If it was removed there, lock again; otherwise name another address or --mirror.";
    assertThat(ended.err())
        .isEqualTo(
            """
            builder: cannot fetch tool v1.2.3: %s answered 404: it is not there; %s answered 404: it is not there. %s
            builder: cannot fetch kubectl v1.36.4: %s answered 404: it is not there. %s
            builder: %s does not start with '-----BEGIN PGP SIGNED MESSAGE-----'. Use another mirror; this one sends a damaged or forged file.
            """
                .formatted(
                    archive.address("absent/tool"),
                    archive.address("far/tool"),
                    mend,
                    archive.address("far/kubectl"),
                    mend,
                    archive.address(SmallArchive.IN_RELEASE)));
    assertThat(ended.exitCode()).isEqualTo(ExitCode.DEPENDENCY.code());
  }

  private Ended check(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("check", "--profile=small.yaml", "--cache=" + cache()));
    arguments.addAll(List.of(more));
    return builder.run(arguments.toArray(String[]::new));
  }

  private String pin(String name, String version, String... paths) {
    StringBuilder addresses = new StringBuilder();
    for (String path : paths) {
      addresses.append("      - ").append(archive.address(path)).append('\n');
    }
    return """
          %s:
            version: %s
            sha256: "0000000000000000000000000000000000000000000000000000000000000000"
            layer: runtime
            install: /usr/bin/%s
            addresses:
        """
            .formatted(name, version, name)
        + addresses;
  }
}
