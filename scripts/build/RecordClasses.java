import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Lists the classes that bootserver loads, for the JVM's archive of them: {@code java
 * RecordClasses.java LIB FILE}. It is asked for its help and its version, checks a machine, a group
 * and an image, and serves a script.
 *
 * <p>Only those, for the JVM moves the whole archive to another address when it starts, and keeps
 * all of it in memory: with every class of every jar the server would need half as much again.
 */
public final class RecordClasses {
  private static final Pattern LOADED = Pattern.compile(".*\\] (\\S+) source: (?:file|jrt):.*");
  private static final int LIMIT_SECONDS = 60;

  /** Here begin ports that no kernel gives out by itself (ip_local_port_range: from 32768 on). */
  private static final int PORTS = 20_000;


  private final Path lib;
  private final Path work;
  private final Set<String> names = new LinkedHashSet<>();

  private RecordClasses(Path lib, Path work) {
    this.lib = lib;
    this.work = work;
  }

  public static void main(String[] arguments) throws Exception {
    Path lib = Path.of(arguments[0]);
    // One of other jars must not survive a build that ends here.
    Files.deleteIfExists(lib.resolve("classes.jsa"));
    Path work = Files.createTempDirectory("record-classes");
    try {
      RecordClasses record = new RecordClasses(lib, work);
      record.ask(0, "--help");
      record.ask(0, "--version");
      record.check();
      record.serve();
      Files.write(Path.of(arguments[1]), record.names);
    } finally {
      try (Stream<Path> files = Files.walk(work)) {
        for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private void ask(int exitCode, String... arguments) throws Exception {
    Process program = start(arguments);
    end(program);
    if (program.exitValue() != exitCode) {
      throw new IllegalStateException(
          "bootserver %s ended with %d: %s"
              .formatted(List.of(arguments), program.exitValue(), words()));
    }
    takeNames();
  }

  /** The image is none: to find that out, its manifest is read as any other is. */
  private void check() throws Exception {
    Path configuration = configuration(80);
    Path group = work.resolve("groups/workers.yaml");
    Files.writeString(work.resolve("machines/node-1.yaml"), "macs: [\"52:54:00:12:34:56\"]\n");
    Files.writeString(group, "image: debian12\n");
    Files.createDirectories(work.resolve("images/debian12"));
    Files.writeString(
        work.resolve("images/debian12/manifest.json"), "{\"version\": 1, \"layers\": [{}]}");
    ask(3, "check", "--config", configuration.toString());
    Files.delete(group);
  }

  /** At a port that is free when the server takes it: where it was not, it ends, and gets another. */
  private void serve() throws Exception {
    for (int attempt = 1; !serveAt(PORTS + new Random().nextInt(10_000)); attempt++) {
      if (attempt == 10) {
        throw new IllegalStateException("bootserver does not serve: " + words());
      }
    }
    takeNames();
  }

  private boolean serveAt(int port) throws Exception {
    Process server = start("serve", "--config", configuration(port).toString());
    try {
      return readOneScript(server, port);
    } finally {
      server.destroy();
      end(server);
    }
  }

  private Path configuration(int port) throws IOException {
    for (String directory : List.of("images", "state", "machines", "groups", "loaders")) {
      Files.createDirectories(work.resolve(directory));
    }
    for (String loader : List.of("undionly.kpxe", "ipxe.efi")) {
      Files.writeString(work.resolve("loaders").resolve(loader), loader);
    }
    return Files.writeString(
        work.resolve("bootserver.yaml"),
        """
        network: {interface: lo, address: 127.0.0.1, subnet: 127.0.0.0/8}
        dhcp: {enabled: false}
        tftp: {enabled: false}
        http: {port: %d}
        directories: {images: images, state: state, machines: machines, groups: groups}
        loaders: {directory: loaders}
        """
            .formatted(port));
  }

  /** Whether it answered; false where it ended. */
  private boolean readOneScript(Process server, int port) throws Exception {
    URI script = URI.create("http://127.0.0.1:" + port + "/boot.ipxe");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (server.isAlive()) {
      try (InputStream in = ((HttpURLConnection) script.toURL().openConnection()).getInputStream()) {
        if (new String(in.readAllBytes(), StandardCharsets.UTF_8).startsWith("#!ipxe")) {
          return true;
        }
      } catch (IOException e) {
        // Not yet, or another program answered.
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("bootserver does not serve: " + words());
      }
      Thread.sleep(50);
    }
    return false;
  }

  private Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:off",
                "-Xlog:class+load:file=" + work.resolve("loaded"),
                "-cp",
                lib + "/*",
                "dev.kiln.bootserver.cli.BootServer"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(work.resolve("err").toFile())
        .start();
  }

  private String words() throws IOException {
    return Files.readString(work.resolve("err"));
  }

  private static void end(Process program) throws InterruptedException {
    if (!program.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      program.destroyForcibly().waitFor();
    }
  }

  /** Classes that Java makes while it runs are of no jar, and not archived. */
  private void takeNames() throws IOException {
    for (String line : Files.readAllLines(work.resolve("loaded"))) {
      Matcher loaded = LOADED.matcher(line);
      if (loaded.matches() && !loaded.group(1).contains("/")) {
        names.add(loaded.group(1).replace('.', '/'));
      }
    }
  }
}
