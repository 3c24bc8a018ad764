package dev.kiln.builder.source;

import dev.kiln.loopback.ReservedPort;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A kube-apiserver and its etcd on loopback, for as long as a test asks them. */
final class ControlPlane implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofMinutes(4);
  private static final String LOCAL = "127.0.0.1";
  private static final String TOKEN = "ask-me-anything";

  private final Path directory;
  private final List<Process> processes = new ArrayList<>();
  private final List<ReservedPort> ports =
      List.of(new ReservedPort(), new ReservedPort(), new ReservedPort());
  private final int etcdPort = ports.get(0).number();
  private final int peerPort = ports.get(1).number();
  private final int apiPort = ports.get(2).number();

  private ControlPlane(Path directory) throws IOException {
    this.directory = directory;
  }

  /** Starts both and waits until the API server is ready, and has what every cluster has. */
  static ControlPlane start(Path etcd, Path apiServer, Path directory) throws Exception {
    ControlPlane plane = new ControlPlane(directory);
    try {
      plane.startEtcd(etcd);
      plane.startApiServer(apiServer);
      plane.awaitReady();
      return plane;
    } catch (Exception | AssertionError e) {
      plane.close();
      throw e;
    }
  }

  /** Asks the API server; the answer's status is the caller's to judge. */
  HttpResponse<String> get(String path, String accept) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://" + LOCAL + ":" + apiPort + path))
            .timeout(Duration.ofMinutes(1))
            .header("Authorization", "Bearer " + TOKEN)
            .header("Accept", accept)
            .build();
    return HttpClient.newBuilder()
        .sslContext(trustingItsOwnAuthority())
        .build()
        .send(request, BodyHandlers.ofString());
  }

  boolean isAlive() {
    return processes.stream().allMatch(Process::isAlive);
  }

  String log() throws IOException {
    return Files.readString(directory.resolve("kube-apiserver.log"));
  }

  private void startEtcd(Path program) throws IOException {
    String clients = "http://" + LOCAL + ":" + etcdPort;
    String peers = "http://" + LOCAL + ":" + peerPort;
    start(
        program,
        "--data-dir=" + directory.resolve("etcd"),
        "--listen-client-urls=" + clients,
        "--advertise-client-urls=" + clients,
        "--listen-peer-urls=" + peers,
        "--initial-advertise-peer-urls=" + peers,
        "--initial-cluster=default=" + peers);
  }

  private void startApiServer(Path program) throws Exception {
    Path key = directory.resolve("service-accounts.pem");
    KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
    keys.initialize(2048);
    String encoded =
        Base64.getMimeEncoder().encodeToString(keys.generateKeyPair().getPrivate().getEncoded());
    Files.writeString(
        key, "-----BEGIN PRIVATE KEY-----\n" + encoded + "\n-----END PRIVATE KEY-----\n");
    Path tokens = directory.resolve("tokens.csv");
    Files.writeString(tokens, TOKEN + ",admin,admin,system:masters\n");
    start(
        program,
        "--etcd-servers=http://" + LOCAL + ":" + etcdPort,
        "--bind-address=" + LOCAL,
        "--secure-port=" + apiPort,
        "--advertise-address=192.0.2.1",
        "--cert-dir=" + directory.resolve("certificates"),
        "--authorization-mode=RBAC",
        "--token-auth-file=" + tokens,
        "--runtime-config=api/all=true",
        "--service-account-issuer=https://kubernetes.default.svc",
        "--service-account-key-file=" + key,
        "--service-account-signing-key-file=" + key,
        "--service-cluster-ip-range=10.0.0.0/24");
  }

  private void start(Path program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    processes.add(
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(program.getFileName() + ".log").toFile())
            .start());
  }

  private void awaitReady() throws Exception {
    Process apiServer = processes.get(processes.size() - 1);
    Instant end = Instant.now().plus(DEADLINE);
    while (!isReady()) {
      if (apiServer.waitFor(200, TimeUnit.MILLISECONDS) || Instant.now().isAfter(end)) {
        throw new AssertionError("kube-apiserver did not become ready:\n" + log());
      }
    }
  }

  private boolean isReady() throws Exception {
    try {
      // It makes its own namespaces a moment after it says that it is ready.
      return get("/readyz", "text/plain").statusCode() == 200
          && get("/api/v1/namespaces/default", "application/json").statusCode() == 200;
    } catch (IOException e) {
      return false; // not listening yet, or its certificate is not written yet
    }
  }

  /** The API server makes a certificate, signed by an authority that is in the same file. */
  private SSLContext trustingItsOwnAuthority() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(directory.resolve("certificates/apiserver.crt"))) {
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("authority-" + store.size(), each);
      }
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @Override
  public void close() throws IOException {
    processes.forEach(Process::destroyForcibly);
    processes.forEach(process -> process.onExit().join());
    for (ReservedPort port : ports) {
      port.close();
    }
  }
}
