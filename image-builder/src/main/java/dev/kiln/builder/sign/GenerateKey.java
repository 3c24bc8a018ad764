package dev.kiln.builder.sign;

import dev.kiln.failure.KilnException;
import dev.kiln.file.AtomicFile;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Makes a key pair: FILE, which only its owner may read, and FILE.pub. No file is ever replaced; a
 * pair that was interrupted after its first half is completed.
 */
public final class GenerateKey {
  private GenerateKey() {}

  /**
   * What was made.
   *
   * @param id of the key
   * @param completed true where the private key was there already and only its public half missed
   */
  public record Generated(Digest id, boolean completed) {}

  /** Makes the pair. */
  public static Generated generate(Path file) {
    Path publicFile = publicHalfOf(file);
    if (exists(publicFile)) {
      throw refuse(publicFile);
    }
    boolean completed = exists(file);
    SigningKey key = completed ? SigningKey.read(file) : create(file);
    try {
      AtomicFile.write(publicFile, key.verifyingKey().toPem());
    } catch (IOException e) {
      throw KilnException.io("write " + publicFile, e);
    }
    return new Generated(key.verifyingKey().id(), completed);
  }

  /** Where the public half of a key is. */
  public static Path publicHalfOf(Path file) {
    return file.resolveSibling(file.getFileName() + ".pub");
  }

  private static SigningKey create(Path file) {
    SigningKey key = SigningKey.generate();
    try {
      AtomicFile.createSecret(file, key.toPem());
      return key;
    } catch (FileAlreadyExistsException e) {
      throw refuse(file);
    } catch (IOException e) {
      throw KilnException.io("write " + file, e);
    }
  }

  private static boolean exists(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static KilnException refuse(Path file) {
    return KilnException.input(
        file + " is there already, and a key is never replaced", "Name another file");
  }
}
