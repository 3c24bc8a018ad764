package dev.kiln.bootserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.app.RunningServer;
import dev.kiln.bootserver.app.ServerFixture;
import dev.kiln.bootserver.event.Event;
import dev.kiln.bootserver.event.EventText;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.machine.Discovered;
import dev.kiln.bootserver.machine.SystemUuid;
import dev.kiln.bootserver.net.MacAddress;
import dev.kiln.bootserver.store.sqlite.StateReader;
import dev.kiln.manifest.ImageDirectory;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BootServerIT {
  private static final String STRANGER = "52-54-00-99-99-99";
  private static final String CAREFUL = "52-54-00-00-00-09";
  private static final String UUID = "4c4c4544-0051-3610-8052-b4c04f4a3332";
  private static final String OTHER_UUID = "11111111-2222-3333-4444-555555555555";
  private static final String DONE =
      "{\"name\": \"modules-final\", \"description\": \"d\", \"event_type\": \"finish\","
          + " \"origin\": \"cloudinit\", \"timestamp\": 1.5, \"result\": \"SUCCESS\"}";

  private final HttpClient client = HttpClient.newHttpClient();
  private ServerFixture fixture;
  private RunningServer server;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    fixture = ServerFixture.in(directory);
    fixture.machine("node-9", "macs: [\"52:54:00:00:00:09\"]\nuuid: " + UUID + "\nserial: S1\n");
    server = fixture.start();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void makesIpxeSayWhoItIs() throws Exception {
    assertThat(get("/boot.ipxe").body())
        .contains(fixture.uri("/ipxe") + "?mac=${mac:hexhyp}&uuid=${uuid}");
  }

  @Test
  void bootsAMachineOfAGroupWithItsImage() throws Exception {
    String base = fixture.uri("/images/" + fixture.image().hex() + "/").toString();

    String script = get("/ipxe?mac=" + ServerFixture.MAC + "&uuid=&serial=").body();

    assertThat(script)
        .contains(" kiln.url=" + base + " ")
        .contains(" BOOTIF=01-52-54-00-12-34-56 ")
        .contains(
            " ds=nocloud-net;s=" + fixture.uri(fixture.seed("node-1", ServerFixture.MAC)) + " ")
        .contains(" quiet ||")
        .contains("initrd --name initrd " + base + "initrd");
  }

  /** So a unified kernel image, which fixes the former, needs no other command line. */
  @Test
  void putsTheImagesOwnArgumentsUnbrokenBeforeTheServersAndTheGroups() throws Exception {
    ImageDirectory image = ImageDirectory.read(fixture.root().resolve("images/debian12"));
    String base = fixture.uri("/images/" + fixture.image().hex() + "/").toString();

    assertThat(get("/ipxe?mac=" + ServerFixture.MAC + "&uuid=&serial=").body())
        .contains(
            "kernel "
                + base
                + "vmlinuz kiln.digest="
                + image.manifest().bootManifest().digest()
                + " console=tty0 console=ttyS0,115200 initrd=initrd kiln.url="
                + base
                + " BOOTIF=01-52-54-00-12-34-56 ds=nocloud-net;s="
                + fixture.uri(fixture.seed("node-1", ServerFixture.MAC))
                + " quiet ||");
  }

  @Test
  void letsNobodyTakeAMachinesSeedAwayWithClaimsThatItsFileContradicts() throws Exception {
    String good = "/ipxe?mac=" + CAREFUL + "&uuid=" + UUID + "&serial=S1";
    assertThat(get(good).body()).contains("kernel ");
    post("/events/node-9/" + CAREFUL, DONE);

    for (String lie : new String[] {"&uuid=" + OTHER_UUID, "&serial=S2", "&uuid=&serial=S3"}) {
      assertThat(get("/ipxe?mac=" + CAREFUL + lie).body()).doesNotContain("kernel ");

      assertThat(get(fixture.seed("node-9", CAREFUL) + "user-data").statusCode()).isEqualTo(200);
      assertThat(post("/events/node-9/" + CAREFUL, DONE).statusCode()).isEqualTo(204);
    }
    List<Event> events = fixture.timelineWith(4, Step.UP, CAREFUL);
    assertThat(events)
        .filteredOn(event -> event.step() == Step.CONTRADICTION)
        .allMatch(Event::claimed)
        .extracting(EventText::of)
        .hasSize(3)
        .contains("this claims to be node-9, but its file names another UUID than " + OTHER_UUID);
    assertThat(events).noneMatch(event -> event.step() == Step.WAITING);
    assertThat(discovered(CAREFUL).claims().uuid()).contains(SystemUuid.parse(UUID));
  }

  @Test
  void makesAnUnknownMachineWait() throws Exception {
    HttpResponse<String> script = get("/ipxe?mac=" + STRANGER);
    HttpResponse<String> seed = get(fixture.seed("node-99", STRANGER) + "user-data");

    assertThat(script.statusCode()).isEqualTo(200);
    assertThat(script.body())
        .contains("no machine file names 52:54:00:99:99:99")
        .contains("sleep 10")
        .doesNotContain("kernel ");
    assertThat(seed.statusCode()).isEqualTo(503);
    assertThat(seed.headers().firstValue("Retry-After")).contains("10");
  }

  @Test
  void refusesABootScriptForNobody() throws Exception {
    assertThat(get("/ipxe").statusCode()).isEqualTo(400);
    assertThat(get("/ipxe?mac=ff-ff-ff-ff-ff-ff").statusCode()).isEqualTo(400);
    assertThat(get("/ipxe?mac=%00").statusCode()).isEqualTo(400);
  }

  @Test
  void servesTheSeedOfAMachine() throws Exception {
    String base = fixture.seed("node-1", ServerFixture.MAC);

    assertThat(get(base + "meta-data").body())
        .contains("\"instance-id\" : \"kiln-node-1-" + fixture.image().hex().substring(0, 16));
    assertThat(get(base + "user-data").body())
        .startsWith("#cloud-config\n")
        .contains("\"hostname\" : \"node-1\"")
        .contains("\"fqdn\" : \"node-1.lab.example\"")
        .contains(ServerFixture.KEY)
        .contains(fixture.uri("/events/node-1/" + ServerFixture.MAC).toString());
    assertThat(get(base + "vendor-data").statusCode()).isEqualTo(200);
    assertThat(get(base + "network-config").body()).contains("52:54:00:12:34:56");
    assertThat(get(base + "passwd").statusCode()).isEqualTo(404);
  }

  @Test
  void servesASeedToNobodyWhoseCardIsNotTheMachines() throws Exception {
    assertThat(get(fixture.seed("node-1", STRANGER) + "user-data").statusCode()).isEqualTo(503);
    assertThat(get("/nocloud/node-1/" + ServerFixture.MAC + "/x/user-data").statusCode())
        .isEqualTo(404);
  }

  @Test
  void servesEveryFileOfAnImageAndNothingElse() throws Exception {
    Path image = fixture.root().resolve("images/debian12");
    String base = "/images/" + fixture.image().hex() + "/";

    for (String name : new String[] {"vmlinuz", "initrd", "boot.manifest", "os.squashfs"}) {
      HttpResponse<byte[]> response = getBytes(base + name);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).isEqualTo(Files.readAllBytes(image.resolve(name)));
      assertThat(response.headers().firstValue("Cache-Control"))
          .hasValueSatisfying(caching -> assertThat(caching).contains("immutable"));
    }
    Files.writeString(image.resolve("secret"), "not in the manifest");
    assertThat(get(base + "secret").statusCode()).isEqualTo(404);
    assertThat(get(base + "..%2f..%2fbootserver.yaml").statusCode()).isEqualTo(404);
    assertThat(get(base + "%2e%2e/%2e%2e/bootserver.yaml").statusCode()).isEqualTo(404);
    assertThat(get("/images/debian12/vmlinuz").statusCode()).isEqualTo(404);
  }

  @Test
  void tellsTheSizeOnHead() throws Exception {
    HttpResponse<Void> response =
        client.send(
            HttpRequest.newBuilder(fixture.uri("/loaders/ipxe.efi"))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.discarding());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValueAsLong("Content-Length")).hasValue(11);
    assertThat(get("/loaders/ipxe.efi").body()).isEqualTo("uefi loader");
    assertThat(get("/loaders/passwd").statusCode()).isEqualTo(404);
  }

  @Test
  void servesAPartOfAFile() throws Exception {
    byte[] whole = Files.readAllBytes(fixture.root().resolve("images/debian12/os.squashfs"));
    String path = "/images/" + fixture.image().hex() + "/os.squashfs";
    HttpRequest request =
        HttpRequest.newBuilder(fixture.uri(path)).header("Range", "bytes=1000-1999").build();

    HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());

    assertThat(response.statusCode()).isEqualTo(206);
    assertThat(response.headers().firstValue("Content-Range"))
        .contains("bytes 1000-1999/" + whole.length);
    assertThat(response.body()).isEqualTo(Arrays.copyOfRange(whole, 1000, 2000));
  }

  @Test
  void answersMonitoring() throws Exception {
    assertThat(get("/healthz").body()).isEqualTo("ok\n");
    assertThat(get("/readyz").body()).isEqualTo("ready\n");
    assertThat(get("/metrics").body()).contains("kiln_http_requests_total{");
    assertThat(get("/nothing").statusCode()).isEqualTo(404);
    assertThat(post("/healthz", "").statusCode()).isEqualTo(405);
  }

  @Test
  void takesAReportOfCloudInitAndRefusesWhatIsNone() throws Exception {
    String path = "/events/node-1/" + ServerFixture.MAC;

    assertThat(post(path, DONE).statusCode()).isEqualTo(204);
    assertThat(post(path, "").statusCode()).isEqualTo(400);
    assertThat(post(path, "{").statusCode()).isEqualTo(400);
    assertThat(post(path, "[".repeat(4000)).statusCode()).isEqualTo(400);
    assertThat(post(path, "x".repeat(10_000)).statusCode()).isEqualTo(413);
    assertThat(post("/events/node-1/" + STRANGER, DONE).statusCode()).isEqualTo(404);
  }

  private Discovered discovered(String mac) {
    try (StateReader state = fixture.state()) {
      return state.discovered().stream()
          .filter(card -> card.claims().mac().equals(MacAddress.parse(mac)))
          .findFirst()
          .orElseThrow();
    }
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<byte[]> getBytes(String path) throws Exception {
    return client.send(request(path).build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return client.send(
        request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(fixture.uri(path));
  }
}
