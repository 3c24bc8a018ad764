package dev.kiln.builder.cli;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.fetch.Fetcher;
import dev.kiln.builder.lock.LockFile;
import dev.kiln.builder.lock.LockProfile;
import dev.kiln.builder.progress.Progress;
import dev.kiln.lock.Lock;
import dev.kiln.profile.Profile;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code builder lock}. */
@Command(
    name = "lock",
    mixinStandardHelpOptions = true,
    description = "Chooses exactly which packages, pins and sources an image is made of.")
public final class LockCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ProfileOptions options;

  @Option(names = "--output", paramLabel = "FILE", description = "Where to; else ./NAME.lock.json.")
  private Optional<Path> output = Optional.empty();

  @Override
  public Integer call() {
    Profile profile = options.profile();
    Progress progress =
        Progress.open("lock=" + profile.name(), Optional.empty(), options.environment());
    Fetcher fetcher = new Fetcher(new Cache(options.cache()), progress, options.environment());
    Lock lock =
        new LockProfile(fetcher, options.mirrorsOf(profile), progress, Clock.systemUTC())
            .lock(profile);
    Path file = output.orElseGet(() -> LockFile.placeOf(profile));
    LockFile.write(file, lock);
    spec.commandLine()
        .getOut()
        .println(
            file
                + ": "
                + lock.packages().size()
                + " packages, "
                + lock.pins().size()
                + " pins, "
                + lock.builds().size()
                + " builds");
    return 0;
  }
}
