package dev.kiln.profile;

import dev.kiln.file.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file of OpenPGP public keys (RFC 9580, transferable) by which a repository must be signed: one
 * of the catalog's, or one of the user's. What is in it, nobody has looked at here.
 */
public final class KeyringFile {
  private static final int MAX_SIZE = 1 << 20;

  private final String name;
  private final Optional<Path> file;
  private final byte[] content;

  private KeyringFile(String name, Optional<Path> file, byte[] content) {
    this.name = name;
    this.file = file;
    this.content = content;
  }

  /** A keyring that comes with Kiln. */
  static KeyringFile ofKiln(String name) {
    return new KeyringFile(
        name, Optional.empty(), Resource.bytes(KeyringFile.class, "keyring/" + name + ".asc"));
  }

  /**
   * A keyring of the user's.
   *
   * @param text its path, as the profile says it
   * @param directory the profile's, from which a relative path leads
   */
  static KeyringFile ofUser(String text, Path directory) {
    Path file = directory.resolve(text);
    try {
      if (Files.size(file) > MAX_SIZE) {
        throw new IllegalArgumentException(
            "the keyring " + file + " has more than " + MAX_SIZE + " bytes: is it the right file?");
      }
      return new KeyringFile(text, Optional.of(file), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the keyring " + file + " cannot be read: check its path and permissions", e);
    }
  }

  /** The profile's word for it. */
  public String name() {
    return name;
  }

  /** Where it was read; empty for the catalog's. */
  public Optional<Path> file() {
    return file;
  }

  /** The keys, ASCII-armoured or binary. */
  public byte[] bytes() {
    return content.clone();
  }

  @Override
  public String toString() {
    return name;
  }
}
