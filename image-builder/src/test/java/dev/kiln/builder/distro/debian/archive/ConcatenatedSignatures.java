package dev.kiln.builder.distro.debian.archive;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.bcpg.ArmoredInputStream;
import org.bouncycastle.bcpg.ArmoredOutputStream;

/** Puts the signatures of two files of the same text into one block, as Debian's archive does. */
final class ConcatenatedSignatures {
  private static final String SIGNATURE = "-----BEGIN PGP SIGNATURE";

  private ConcatenatedSignatures() {}

  static String of(byte[] first, byte[] second) throws IOException {
    String text = new String(first, StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ArmoredOutputStream armor = ArmoredOutputStream.builder().clearHeaders().build(out)) {
      armor.write(packets(first));
      armor.write(packets(second));
    }
    return text.substring(0, text.indexOf(SIGNATURE)) + out.toString(StandardCharsets.US_ASCII);
  }

  private static byte[] packets(byte[] file) throws IOException {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    byte[] block = text.substring(text.indexOf(SIGNATURE)).getBytes(StandardCharsets.ISO_8859_1);
    try (ArmoredInputStream armor = new ArmoredInputStream(new ByteArrayInputStream(block))) {
      return armor.readAllBytes();
    }
  }
}
