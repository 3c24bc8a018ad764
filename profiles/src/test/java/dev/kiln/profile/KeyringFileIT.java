package dev.kiln.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the keyring that this machine's own distribution trusts. */
class KeyringFileIT {
  @ParameterizedTest
  @ValueSource(strings = {"automatic", "security-automatic", "stable"})
  void holdsTheKeysOfThePackageDebianArchiveKeyring(String key) throws IOException {
    byte[] packaged =
        Files.readAllBytes(Path.of("/usr/share/keyrings/debian-archive-bookworm-" + key + ".gpg"));

    // The first packet is the primary key itself; signatures behind it come and go.
    assertThat(hex(dearmoured(KeyringFile.ofKiln("debian-archive"))))
        .contains(hex(firstPacket(packaged)));
  }

  private static byte[] dearmoured(KeyringFile keyring) {
    String text = new String(keyring.bytes(), StandardCharsets.US_ASCII);
    String body = text.substring(text.indexOf("\n\n") + 2, text.lastIndexOf("\n="));
    return Base64.getMimeDecoder().decode(body);
  }

  /** RFC 9580 section 4.2: the header's format and the length's size are in the first octets. */
  private static byte[] firstPacket(byte[] keys) {
    boolean legacy = (keys[0] & 0x40) == 0;
    int length =
        legacy && (keys[0] & 3) == 1
            ? ((keys[1] & 0xff) << 8) + (keys[2] & 0xff) + 3
            : (keys[1] & 0xff) + 2;
    return Arrays.copyOf(keys, length);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
