package dev.kiln.builder.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kiln.lock.LockedBuild;
import dev.kiln.lock.LockedSource;
import dev.kiln.lock.LockedSource.SourceFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Builds Kubernetes as the profile debian12-source says, and runs what came out. */
class KubernetesFromSourceIT {
  private static final String DESCRIPTION = "/api/openapi-spec/swagger.json";

  @TempDir static Path scratch;
  @TempDir Path directory;

  private static Workshop workshop;
  private static Path programs;

  @BeforeAll
  static void build() throws URISyntaxException {
    Path profile =
        Path.of(KubernetesFromSourceIT.class.getResource("kubernetes-and-etcd.yaml").toURI());
    workshop = Workshop.open(profile.toString(), scratch);
    programs =
        new BuildPin(workshop.cache(), workshop::kit, Workshop.FORMATS, workshop.progress())
            .build(
                Objects.requireNonNull(workshop.profile().builds().get("kubernetes")),
                workshop.build("kubernetes"),
                workshop::bring)
            .path();
  }

  @ParameterizedTest
  @CsvSource({
    "kubelet, --version",
    "kube-apiserver, --version",
    "kube-controller-manager, --version",
    "kube-scheduler, --version",
    "kube-proxy, --version",
    "kubeadm, version",
    "kubectl, version --client",
  })
  void everyProgramSaysWhichVersionItIs(String program, String arguments) throws Exception {
    String command = programs.resolve(program) + " " + arguments;
    Process process = new ProcessBuilder(command.split(" ")).redirectErrorStream(true).start();

    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("v1.20.2");
  }

  /** With the source's own reflect2 and Go 1.19, the first of these requests ends the server. */
  @Test
  void theApiServerSurvivesRequestsForPrettyJsonAndYaml() throws Exception {
    try (ControlPlane plane = controlPlane()) {
      HttpResponse<String> pretty =
          plane.get("/api/v1/namespaces/default?pretty=true", "application/json");
      HttpResponse<String> yaml = plane.get("/api/v1/namespaces/default", "application/yaml");

      assertThat(pretty.statusCode()).isEqualTo(200);
      assertThat(pretty.body()).contains("\n  \"kind\": \"Namespace\",\n");
      assertThat(yaml.body()).contains("\nkind: Namespace\n");
      assertThat(plane.isAlive()).as(plane.log()).isTrue();
    }
  }

  @Test
  void theApiServerServesExactlyTheApiThatItsSourceDescribes() throws Exception {
    ObjectMapper json = new ObjectMapper();
    try (ControlPlane plane = controlPlane()) {
      JsonNode served = json.readTree(plane.get("/openapi/v2", "application/json").body());

      assertThat(served.at("/info/version").asText()).isEqualTo("v1.20.2");
      // The description in the source is of no release in particular.
      ((ObjectNode) served.get("info")).put("version", "unversioned");
      assertThat(served).isEqualTo(json.readTree(described()));
    }
  }

  private ControlPlane controlPlane() throws Exception {
    return ControlPlane.start(
        workshop.kitDirectory().resolve("usr/bin/etcd"),
        programs.resolve("kube-apiserver"),
        directory);
  }

  private static byte[] described() throws IOException {
    LockedBuild locked = workshop.build("kubernetes");
    BuildInputs.OfPackage inputs = workshop.bring(locked);
    List<SourceFile> files = ((LockedSource.SourcePackage) locked.source()).files();
    for (int i = 0; i < inputs.source().size(); i++) {
      if (files.get(i).path().endsWith(".orig.tar.gz")) {
        return inArchive(inputs.source().get(i).path());
      }
    }
    throw new AssertionError("no .orig.tar.gz in " + locked.source());
  }

  private static byte[] inArchive(Path archive) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(archive));
        TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(in))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.getName().endsWith(DESCRIPTION)) {
          return tar.readAllBytes();
        }
      }
    }
    throw new AssertionError("no " + DESCRIPTION + " in " + archive);
  }
}
