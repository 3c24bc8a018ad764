package dev.kiln.bootserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.app.ServerFixture;
import dev.kiln.bootserver.event.Step;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as its users start it: a process, its output and its exit code. */
class ProgramIT {
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Process> started = new ArrayList<>();
  private ServerFixture fixture;

  record Ended(int code, String out, String err) {}

  @BeforeEach
  void writeFiles(@TempDir Path directory) throws IOException {
    fixture = ServerFixture.in(directory);
  }

  @AfterEach
  void killWhatIsLeft() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void servesUntilItIsToldToEndAndKeepsTheTimeline() throws Exception {
    Process server = serve();
    get("/boot.ipxe");
    get("/ipxe?mac=52-54-00-99-99-99&uuid=4c4c4544-0051-3610-8052-b4c04f4a3332");
    get("/ipxe?mac=" + ServerFixture.MAC);
    get(fixture.seed("node-1", ServerFixture.MAC) + "meta-data");
    // What is written last: the state is written behind the answers, in their order.
    fixture.timelineWith(1, Step.NOCLOUD, ServerFixture.MAC);

    assertThat(run("timeline", "node-1").out())
        .contains("boot-script      image debian12 for group workers")
        .contains("nocloud          meta-data");
    assertThat(run("timeline", "52:54:00:99:99:99", "--json").out())
        .contains("\"step\":\"waiting\"")
        .contains("no machine file names 52:54:00:99:99:99");
    assertThat(run("machines").out())
        .containsPattern("approved +52:54:00:12:34:56 +node-1 +workers")
        .containsPattern("discovered +52:54:00:99:99:99 +- +- +4c4c4544-0051-3610");

    server.destroy();
    assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(server.exitValue()).isZero();
    assertThat(run("timeline", "node-1").out()).contains("nocloud          meta-data");
  }

  @Test
  void followsATimelineUntilTheMachineIsUp() throws Exception {
    serve();
    get("/ipxe?mac=" + ServerFixture.MAC);
    Process follower = start("timeline", "node-1", "--follow", "--until", "up", "--timeout", "120");
    BufferedReader out = reader(follower);
    while (!String.valueOf(out.readLine()).contains("boot-script")) {
      assertThat(follower.isAlive()).isTrue();
    }

    report("SUCCESS");

    assertThat(out.lines())
        .anySatisfy(
            line -> assertThat(line).contains("up").contains("cloud-init is done (claimed)"));
    assertThat(follower.waitFor()).isZero();
  }

  @Test
  void saysThatAMachineDidNotComeUp() throws Exception {
    serve();
    get("/ipxe?mac=" + ServerFixture.MAC);
    fixture.timelineWith(1, Step.BOOT_SCRIPT, ServerFixture.MAC);
    assertThat(run("timeline", "node-1", "--follow", "--until", "up", "--timeout", "1").err())
        .contains("node-1 did not reach 'up' in 1 s; its last step was boot-script");

    report("FAIL");
    Ended failed = run("timeline", "node-1", "--follow", "--until", "up");

    assertThat(failed.code()).isEqualTo(4);
    assertThat(failed.err()).contains("node-1 did not come up: cloud-init ended with errors");
  }

  @Test
  void explainsWhatAMachineWouldGetWhetherTheServerRunsOrNot() throws Exception {
    fixture.group("gpu", "selector: {gpu: \"yes\"}\nimage: debian13\nrole: worker\n");

    Ended known = run("explain", "node-1");
    Ended unknown = run("explain", "52:54:00:99:99:99");

    assertThat(known.code()).isZero();
    assertThat(known.out())
        .contains("group      gpu, role worker, no: gpu is not yes")
        .contains("group      workers, chosen: every machine")
        .contains("image      debian12, " + fixture.image())
        .contains("UEFI HTTP  " + fixture.uri("/loaders/ipxe.efi"))
        .contains("boots      yes")
        .containsPattern("script +kernel .* kiln.digest=sha256:");
    assertThat(unknown.out())
        .contains("machine    unknown: no machine file names 52:54:00:99:99:99")
        .contains("boots      no: no machine file names 52:54:00:99:99:99");
  }

  @Test
  void refusesWrongInputWithWordsAndAnExitCode() throws Exception {
    Files.writeString(fixture.config(), "\nextra: 1\n", StandardOpenOption.APPEND);

    Ended check = run("check");
    Ended serve = run("serve");

    assertThat(check.code()).isEqualTo(3);
    assertThat(check.err())
        .contains("the configuration has no key 'extra'")
        .doesNotContain("Exception");
    assertThat(serve.code()).isEqualTo(3);
    assertThat(serve.err()).isEqualTo(check.err());
  }

  @Test
  void namesAFileThatIsWrongAndServesAllOthers() throws Exception {
    String wrong = "node-2.yaml:1: a machine has no key 'mac'. Did you mean 'macs'?";
    fixture.machine("node-2", "mac: x\n");
    serve();

    assertThat(body("/readyz")).startsWith("ready\nnot in force: node-2.yaml (");
    assertThat(body("/ipxe?mac=" + ServerFixture.MAC)).contains("this is node-1");
    assertThat(run("check").code()).isEqualTo(3);
    assertThat(run("check").err()).contains(wrong);
    assertThat(run("machines").out()).contains("approved ").contains("broken ").contains(wrong);
    assertThat(run("machines", "--json").out()).contains("\"state\" : \"broken\"");
    Ended explained = run("explain", "node-1");
    assertThat(explained.code()).isZero();
    assertThat(explained.err()).contains("not in force: ").contains(wrong);
  }

  @Test
  void tellsByItsExitCodeWhetherTheLatestBootCameSoFar() throws Exception {
    serve();
    get("/ipxe?mac=" + ServerFixture.MAC);
    fixture.timelineWith(1, Step.BOOT_SCRIPT, ServerFixture.MAC);

    assertThat(run("timeline", "node-1", "--until", "boot-script").code()).isZero();
    Ended not = run("timeline", "node-1", "--until", "up");
    assertThat(not.code()).isEqualTo(4);
    assertThat(not.err()).contains("node-1 did not reach 'up'; its last step was boot-script");
    Ended word = run("timeline", "node-1", "--until", "done");
    assertThat(word.code()).isEqualTo(2);
    assertThat(word.err()).contains("there is no step 'done'").contains("boot-script, cloud-init");
    assertThat(run("timeline", "node-1", "--until", "up", "--timeout", "5").code()).isEqualTo(2);
  }

  @Test
  void refusesASecondServer() throws Exception {
    serve();

    Ended second = run("serve");

    assertThat(second.code()).isEqualTo(5);
    assertThat(second.err()).contains("another boot server uses the state");
  }

  @Test
  void endsWhereTheMemoryForPacketsIsGone() throws Exception {
    Path err = fixture.root().resolve("err");
    ProcessBuilder starved = builder("serve");
    starved.command().add(1, "-Dio.netty.maxDirectMemory=200000");
    Process server = starved.redirectError(err.toFile()).start();
    started.add(server);

    assertThat(reader(server).readLine()).startsWith("bootserver: ready (");
    ask("/readyz");

    assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(server.exitValue()).isEqualTo(5);
    assertThat(java.nio.file.Files.readString(err))
        .containsOnlyOnce("The boot server cannot go on and ends with 5")
        .contains("OutOfDirectMemoryError");
  }

  @Test
  void explainsItself() throws Exception {
    assertThat(run("--help").out()).contains("Usage: bootserver").contains("Exit codes:");
    assertThat(run("--version").out()).startsWith("bootserver ");
    assertThat(run("serve", "--nonsense").code()).isEqualTo(2);
  }

  private Process serve() throws IOException {
    Process server = start("serve");
    String line = reader(server).readLine();
    assertThat(line).startsWith("bootserver: ready (").contains(fixture.uri("").toString());
    return server;
  }

  private void report(String result) throws Exception {
    String body =
        "{\"name\": \"modules-final\", \"description\": \"d\", \"event_type\": \"finish\","
            + " \"origin\": \"cloudinit\", \"result\": \""
            + result
            + "\"}";
    HttpRequest request =
        HttpRequest.newBuilder(fixture.uri("/events/node-1/" + ServerFixture.MAC))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    assertThat(client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
        .isEqualTo(204);
  }

  private String body(String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(fixture.uri(path)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  /** Whatever comes of it. */
  private void ask(String path) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(fixture.uri(path)).timeout(Duration.ofSeconds(5)).build();
    try {
      client.send(request, HttpResponse.BodyHandlers.discarding());
    } catch (IOException e) {
      // It has no memory to answer.
    }
  }

  private void get(String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(fixture.uri(path)).build();
    assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
  }

  private Ended run(String... arguments) throws Exception {
    Path err = fixture.root().resolve("err");
    Process process = builder(arguments).redirectError(err.toFile()).start();
    started.add(process);
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), out, java.nio.file.Files.readString(err));
  }

  private Process start(String... arguments) throws IOException {
    Process process = builder(arguments).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    started.add(process);
    return process;
  }

  private ProcessBuilder builder(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                BootServer.class.getName()));
    command.addAll(List.of(arguments));
    if (!arguments[0].startsWith("--")) {
      command.addAll(List.of("--config", fixture.config().toString()));
    }
    return new ProcessBuilder(command);
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }
}
