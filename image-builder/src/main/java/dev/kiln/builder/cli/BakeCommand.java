package dev.kiln.builder.cli;

import dev.kiln.builder.bake.BakeImage;
import dev.kiln.builder.bake.BakeRequest;
import dev.kiln.builder.bake.LockPolicy;
import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.fetch.Fetcher;
import dev.kiln.builder.lock.HostArchitecture;
import dev.kiln.builder.lock.LockFile;
import dev.kiln.builder.mirror.Mirrors;
import dev.kiln.builder.output.OutputDirectory;
import dev.kiln.builder.progress.Progress;
import dev.kiln.builder.sign.SigningKey;
import dev.kiln.failure.KilnException;
import dev.kiln.manifest.ImageDirectory;
import dev.kiln.profile.Profile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code builder bake}. */
@Command(
    name = "bake",
    mixinStandardHelpOptions = true,
    description = "Bakes an image: lock, fetch, assemble, add, initrd, describe, write.")
public final class BakeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ProfileOptions options;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description =
          "The directory that becomes the image; else images/NAME-ID. It exists when the image is complete.")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = "--locked",
      description = "Take the lock as it is; fail where it does not fit the profile.")
  private boolean locked;

  @Option(
      names = "--lock",
      paramLabel = "FILE",
      description =
          "The lock; else ./NAME.lock.json. Its choices are kept as far as the profile allows, and"
              + " what is chosen anew is written to it.")
  private Optional<Path> lockFile = Optional.empty();

  @Option(
      names = "--sign",
      paramLabel = "KEY",
      description = "Sign the image with a key of 'builder keygen'.")
  private Optional<Path> signingKey = Optional.empty();

  @Override
  public Integer call() {
    Profile profile = options.profile();
    Optional<SigningKey> key = signingKey.map(SigningKey::read);
    output.ifPresent(OutputDirectory::requireUsable);
    Cache cache = new Cache(options.cache());
    ImageDirectory image;
    try (BakeLog log = BakeLog.open(cache, profile.name(), Instant.now())) {
      Progress progress =
          Progress.open("bake=" + profile.name(), Optional.of(log.writer()), options.environment());
      image = bake(profile, key, cache, progress);
    } catch (IOException e) {
      throw KilnException.io("write the bake's log", e);
    }
    spec.commandLine().getOut().println(image.path() + " " + image.id());
    return 0;
  }

  private ImageDirectory bake(
      Profile profile, Optional<SigningKey> key, Cache cache, Progress progress) {
    Fetcher fetcher = new Fetcher(cache, progress, options.environment());
    Mirrors mirrors = options.mirrorsOf(profile);
    Path file = lockFile.orElseGet(() -> LockFile.placeOf(profile));
    BakeRequest request =
        new BakeRequest(
            profile,
            options.profileName(),
            options.zoneOf(profile),
            locked ? new LockPolicy.AsItIs(file) : new LockPolicy.Kept(file),
            HostArchitecture.here(),
            output,
            key);
    return new BakeImage(cache, fetcher, mirrors, options.families(), progress, request).bake();
  }
}
