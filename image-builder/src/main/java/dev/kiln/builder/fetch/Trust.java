package dev.kiln.builder.fetch;

import dev.kiln.failure.KilnException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * Whom TLS trusts: the JVM's own store, or instead of it the certificates in the PEM file that
 * {@code SSL_CERT_FILE} names, as OpenSSL has it.
 */
final class Trust {
  private Trust() {}

  /** Nobody, at no cost: for http. */
  static SSLContext nobody() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[0], null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java 17 has TLS", e);
    }
  }

  static SSLContext of(Map<String, String> environment) {
    String file = environment.getOrDefault("SSL_CERT_FILE", "");
    try {
      if (file.isEmpty()) {
        return SSLContext.getDefault();
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store(Path.of(file)));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new KilnException(
          KilnException.Kind.INPUT,
          "SSL_CERT_FILE names " + file + ", which cannot be read as PEM certificates",
          "Name a file of PEM certificates, or unset SSL_CERT_FILE",
          e);
    }
  }

  private static KeyStore store(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    // Buffered: whoever reads certificates asks for one byte at a time.
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("certificate-" + store.size(), certificate);
      }
    }
    if (store.size() == 0) {
      throw new IOException("no certificate in it");
    }
    return store;
  }
}
