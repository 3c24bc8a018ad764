package dev.kiln.bootserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Images as curl fetches them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CurlIT {
  private static final int LAYER = 3_000_000;

  private HttpFixture server;
  private Path directory;
  private String layer;

  @BeforeAll
  void start(@TempDir Path root) throws IOException {
    directory = root;
    server = new HttpFixture(Files.createDirectories(root.resolve("images")), LAYER);
    layer = server.uri(server.imagePath("os.squashfs")).toString();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void tellsSizeTypeAndTagWithoutTheBody() throws Exception {
    String head = curl("-I", layer);

    assertThat(head)
        .startsWith("HTTP/1.1 200 OK")
        .contains("content-length: " + LAYER)
        .contains("accept-ranges: bytes")
        .contains("content-type: application/octet-stream")
        .contains("cache-control: public, max-age=31536000, immutable");
    assertThat(etag()).matches("\"[0-9a-f]{64}\"");
  }

  @Test
  void fetchesAnyPart() throws Exception {
    byte[] whole = content();

    assertThat(fetch("-r", "0-0")).isEqualTo(Arrays.copyOf(whole, 1));
    assertThat(fetch("-r", "2999999-")).isEqualTo(Arrays.copyOfRange(whole, LAYER - 1, LAYER));
    assertThat(fetch("-r", "-1000")).isEqualTo(Arrays.copyOfRange(whole, LAYER - 1000, LAYER));
    assertThat(fetch("-r", "1048570-2097160"))
        .isEqualTo(Arrays.copyOfRange(whole, 1048570, 2097161));
    assertThat(fetch("-r", "0-9999999")).isEqualTo(whole);
    assertThat(fetch("-r", "0-1,5-6")).isEqualTo(whole);
    assertThat(curl("-i", "-r", "3000000-", layer))
        .startsWith("HTTP/1.1 416 ")
        .contains("content-range: bytes */3000000");
  }

  @Test
  void goesOnWhereAnInterruptedDownloadStopped() throws Exception {
    Path part = directory.resolve("part");
    Files.write(part, Arrays.copyOf(content(), 1_234_567));

    curl("-C", "-", "-o", part.toString(), layer);

    assertThat(Files.readAllBytes(part)).isEqualTo(content());
  }

  @Test
  void sendsTheWholeFileWhereTheClientsPartIsOfAnother() throws Exception {
    assertThat(fetch("-r", "10-19", "-H", "If-Range: " + etag()))
        .isEqualTo(Arrays.copyOfRange(content(), 10, 20));
    assertThat(fetch("-r", "10-19", "-H", "If-Range: \"other\"")).hasSize(LAYER);
    assertThat(fetch("-r", "10-19", "-H", "If-Range: W/" + etag())).hasSize(LAYER);
    assertThat(fetch("-r", "10-19", "-H", "If-Range: Sat, 21 Nov 2026 00:00:00 GMT"))
        .hasSize(LAYER);
  }

  @Test
  void sendsNothingToWhoHasTheFile() throws Exception {
    for (String known : List.of(etag(), "W/" + etag(), "\"x\", " + etag(), "*")) {
      assertThat(curl("-i", "-H", "If-None-Match: " + known, layer))
          .as(known)
          .startsWith("HTTP/1.1 304 ")
          .contains("etag: " + etag())
          .doesNotContain("content-length: " + LAYER);
    }
    assertThat(fetch("-H", "If-None-Match: \"x\"")).hasSize(LAYER);
  }

  @Test
  void ignoresARangeOnHead() throws Exception {
    assertThat(curl("-I", "-r", "0-9", layer))
        .startsWith("HTTP/1.1 200 ")
        .contains("content-length: " + LAYER);
  }

  @Test
  void keepsOneConnectionForManyRequests() throws Exception {
    String twice = curl("-v", "-o", "/dev/null", layer, "-o", "/dev/null", layer);

    assertThat(twice).containsIgnoringCase("re-using existing connection");
  }

  @Test
  void neverRedirects() throws Exception {
    for (String path : List.of("//boot.ipxe", "/boot.ipxe/", "/images", "/nocloud//x")) {
      assertThat(curl("-i", "--path-as-is", server.uri("").toString() + path))
          .as(path)
          .doesNotContain("HTTP/1.1 30");
    }
  }

  private String etag() throws Exception {
    return curl("-I", layer)
        .lines()
        .filter(line -> line.startsWith("etag: "))
        .findFirst()
        .orElseThrow()
        .substring("etag: ".length());
  }

  private byte[] content() throws IOException {
    return Files.readAllBytes(directory.resolve("images/debian12/os.squashfs"));
  }

  private byte[] fetch(String... options) throws Exception {
    Path file = directory.resolve("fetched");
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("-o", file.toString(), layer));
    curl(all.toArray(String[]::new));
    return Files.readAllBytes(file);
  }

  /** What curl prints, with the names of headers in lower case. */
  private static String curl(String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("curl", "-sS", "--max-time", "60"));
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    assertThat(process.waitFor()).as(output).isZero();
    return java.util.regex.Pattern.compile("(?m)^[A-Za-z-]+: ")
        .matcher(output)
        .replaceAll(name -> name.group().toLowerCase(Locale.ROOT));
  }
}
