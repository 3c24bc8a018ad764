package dev.kiln.builder.repeat;

import dev.kiln.builder.key.ProductKey;
import dev.kiln.file.Digest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A call of {@code bake}, in all of its words: two calls with the same words in the same directory
 * ask for the same.
 *
 * @param directory in which it was called, from which relative paths lead
 * @param profile as the user named it
 * @param zone its name, whoever chose it
 * @param mirrors as the options name them
 * @param locked whether the lock is taken as it is
 * @param lock where the call names one
 * @param outputs the forms in which the image is given out
 * @param output where the call names one
 * @param signingKey where the call names one
 */
public record BakeCall(
    Path directory,
    String profile,
    String zone,
    List<String> mirrors,
    boolean locked,
    Optional<Path> lock,
    Set<String> outputs,
    Optional<Path> output,
    Optional<Path> signingKey) {
  public BakeCall {
    mirrors = List.copyOf(mirrors);
    outputs = Set.copyOf(outputs);
  }

  /** Under which it is remembered. */
  Digest digest() {
    ProductKey key =
        new ProductKey("bake call")
            .add("directory", directory.toString())
            .add("profile", profile)
            .add("zone", zone)
            .add("locked", String.valueOf(locked))
            .add("lock", lock.toString())
            .add("output", output.toString())
            .add("signing key", signingKey.toString());
    outputs.stream().sorted().forEach(each -> key.add("given out as", each));
    mirrors.forEach(mirror -> key.add("mirror", mirror));
    return key.digest();
  }
}
