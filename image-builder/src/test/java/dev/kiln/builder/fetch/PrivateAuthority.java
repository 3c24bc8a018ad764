package dev.kiln.builder.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate for 127.0.0.1 that no trust store knows, made by the JDK's keytool. */
final class PrivateAuthority {
  private static final String PASSWORD = "changeit";

  private final Path store;
  private final Path certificate;

  PrivateAuthority(Path directory) throws IOException, InterruptedException {
    store = directory.resolve("store.p12");
    certificate = directory.resolve("certificate.pem");
    keytool(
        "-genkeypair",
        "-alias",
        "mirror",
        "-keyalg",
        "EC",
        "-dname",
        "CN=mirror",
        "-ext",
        "SAN=ip:127.0.0.1");
    keytool("-exportcert", "-alias", "mirror", "-rfc", "-file", certificate.toString());
  }

  /** The certificate in PEM. */
  Path certificate() {
    return certificate;
  }

  SSLContext server() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  private void keytool(String... arguments) throws IOException, InterruptedException {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> command =
        Stream.of(
                Stream.of(keytool),
                Stream.of(arguments),
                Stream.of("-keystore", store.toString(), "-storepass", PASSWORD))
            .flatMap(part -> part)
            .toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
