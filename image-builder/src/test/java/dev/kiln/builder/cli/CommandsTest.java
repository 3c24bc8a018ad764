package dev.kiln.builder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kiln.builder.output.TestImage;
import dev.kiln.command.BuildVersion;
import dev.kiln.file.Digest;
import dev.kiln.manifest.ImageDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** keygen, sign, verify and inspect as a user sees them. */
class CommandsTest {
  @TempDir Path temporary;
  private ImageDirectory image;

  @BeforeEach
  void writeAnImage() throws IOException {
    image = TestImage.write(temporary.resolve("image"));
  }

  @Test
  void verifySaysPlainlyThatNobodyCheckedWhoMadeTheImage() {
    assertThat(run(new VerifyCommand(), directory()))
        .isEqualTo(
            "image "
                + image.id()
                + "\n5 files and 2 layers are what the manifest says.\n"
                + "Authenticity was NOT checked, because no key was given: anybody may have made"
                + " this image. It is not signed.\n");
  }

  @Test
  void verifyAcceptsWhatSignSignedWithAKeyOfKeygen() {
    String key = temporary.resolve("release.key").toString();
    String printed = run(new KeygenCommand(), "--output", key);
    String id = printed.lines().findFirst().orElseThrow().replaceFirst("key id: +", "");

    assertThat(run(new SignCommand(), directory(), "--key", key))
        .isEqualTo("image " + image.id() + "\nSigned by the key " + id + ".\n");
    assertThat(run(new VerifyCommand(), directory(), "--key", key + ".pub"))
        .endsWith("\nSigned by the key " + id + ".\n");
    assertThat(run(new VerifyCommand(), directory()))
        .contains("Authenticity was NOT checked")
        .contains("It claims to be signed by " + id);
    assertThat(run(new InspectCommand(), directory()))
        .endsWith("signature  names the key " + id + " (not checked here)\n");
  }

  @Test
  void inspectTellsWhatTheImageIsMadeOf() throws IOException {
    var layers = image.manifest().layers();

    assertThat(run(new InspectCommand(), directory()))
        .isEqualTo(
            """
            image      %s
            profile    debian12 (amd64)
            zone       default
            lock       %s
            builder    %s
            kernel     6.1.0-50-amd64
            arguments  console=ttyS0 quiet
            size       426.2 kB
            layer      os             417.8 kB  root hash %s
            layer      config           8.2 kB  root hash %s
            packages   1
            pin        kubelet v1.36.4
            signature  none
            """
                .formatted(
                    image.id(),
                    Digest.of(image.path().resolve("lock.json")),
                    BuildVersion.current(),
                    layers.get(0).verity().rootHash().hex(),
                    layers.get(1).verity().rootHash().hex()));
  }

  @Test
  void inspectTellsTheSameAsJson() throws IOException {
    JsonNode told = new ObjectMapper().readTree(run(new InspectCommand(), directory(), "--json"));

    assertThat(told.get("id").asText()).isEqualTo(image.id().toString());
    assertThat(told.get("profile").asText()).isEqualTo("debian12");
    assertThat(told.get("zone").asText()).isEqualTo("default");
    assertThat(told.get("lock").asText())
        .isEqualTo(Digest.of(image.path().resolve("lock.json")).toString());
    assertThat(told.get("builder").asText()).isEqualTo(BuildVersion.current());
    assertThat(told.at("/layers/0/name").asText()).isEqualTo("os");
    assertThat(told.at("/layers/0/size").asLong()).isEqualTo(102 * 4096);
    assertThat(told.at("/pins/0/version").asText()).isEqualTo("v1.36.4");
    assertThat(told.at("/pins/0/built").asBoolean()).isFalse();
    assertThat(told.get("signedBy").isNull()).isTrue();
  }

  @Test
  void inspectLeavesTheTerminalAlone() throws IOException {
    String hostile = "v1.36.4\u001b]0;owned\u0007\u009b2J\u202e";
    image =
        TestImage.bake(
            temporary.resolve("hostile"), TestImage.lock("debian12", hostile), Optional.empty());

    assertThat(run(new InspectCommand(), directory()))
        .contains("pin        kubelet v1.36.4?]0;owned??2J?\n");
    String json = run(new InspectCommand(), directory(), "--json");
    assertThat(json).matches("[\\x20-\\x7e\n]*");
    assertThat(new ObjectMapper().readTree(json).at("/pins/0/version").asText()).isEqualTo(hostile);
  }

  private String directory() {
    return image.path().toString();
  }

  private static String run(Object command, String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine line = new CommandLine(command).setOut(new PrintWriter(out, true));
    line.setExecutionExceptionHandler(
        (failure, commandLine, parsed) -> {
          throw failure;
        });
    assertThat(line.execute(arguments)).isZero();
    return out.toString();
  }
}
