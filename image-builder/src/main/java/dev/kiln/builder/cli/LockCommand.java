package dev.kiln.builder.cli;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.distro.Move;
import dev.kiln.builder.distro.Renewal;
import dev.kiln.builder.fetch.Fetcher;
import dev.kiln.builder.lock.HostArchitecture;
import dev.kiln.builder.lock.LockFile;
import dev.kiln.builder.lock.LockOutcome;
import dev.kiln.builder.lock.LockProfile;
import dev.kiln.builder.lock.LockRequest;
import dev.kiln.builder.lock.LockedNames;
import dev.kiln.builder.mirror.ProfileMirrors;
import dev.kiln.builder.progress.Progress;
import dev.kiln.command.Explaining;
import dev.kiln.lock.Lock;
import dev.kiln.profile.Profile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code builder lock}. */
@Command(
    name = "lock",
    mixinStandardHelpOptions = true,
    description = {
      "Chooses exactly which packages, pins and sources an image is made of.",
      "Where a lock is there, its choices are preferred: only what the profile's change forces"
          + " moves, and is told."
    })
public final class LockCommand implements Callable<Integer>, Explaining {
  @Spec private CommandSpec spec;
  @Mixin private ProfileOptions options;

  @Option(names = "--output", paramLabel = "FILE", description = "Where to; else ./NAME.lock.json.")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = "--update",
      arity = "0..*",
      paramLabel = "NAME",
      description =
          "Choose anew: packages, builds and 'kit' by name, with what they force; without a name"
              + " everything.")
  private @Nullable List<String> update;

  @Option(
      names = "--allow-older",
      description =
          "Take an index that is older than the locked one, as after a mirror was set back. The"
              + " lock says so.")
  private boolean allowOlder;

  @Option(
      names = OPTION,
      description = "Where packages do not go together, show everything that was tried.")
  private boolean explain;

  @Override
  public boolean explains() {
    return explain;
  }

  @Override
  public Integer call() {
    Profile profile = options.profile();
    Path file = output.orElseGet(() -> LockFile.placeOf(profile));
    Renewal renewal = renewal();
    Optional<Lock> before =
        renewal.everything()
            ? LockFile.findReadable(file, profile, options.profileName())
            : LockFile.find(file, profile, options.profileName());
    before.ifPresent(lock -> LockedNames.requireKnown(renewal, lock));
    Progress progress =
        Progress.open("lock=" + profile.name(), Optional.empty(), options.environment());
    LockOutcome outcome =
        lock(
            new LockRequest(
                profile, HostArchitecture.here().toString(), before, renewal, allowOlder),
            progress);
    tell(file, LockFile.write(file, outcome.lock()), outcome);
    return 0;
  }

  private LockOutcome lock(LockRequest request, Progress progress) {
    ProfileMirrors mirrors = options.mirrorsOf(request.profile());
    Cache cache = new Cache(options.cache());
    try (Fetcher fetcher = new Fetcher(cache, progress, options.environment())) {
      return new LockProfile(options.families(), fetcher, mirrors, progress, Clock.systemUTC())
          .lock(request);
    }
  }

  /** An option without a name is an empty list, and none at all is null. */
  private Renewal renewal() {
    if (update == null) {
      return Renewal.NONE;
    }
    return update.isEmpty() ? Renewal.ALL : Renewal.of(Set.copyOf(update));
  }

  private void tell(Path file, boolean written, LockOutcome outcome) {
    Lock lock = outcome.lock();
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        file
            + ": "
            + lock.packages().size()
            + " packages, "
            + lock.pins().size()
            + " pins, "
            + lock.builds().size()
            + " builds"
            + (written ? "" : "; nothing changed"));
    for (Move move : outcome.moves()) {
      out.println("  " + move);
    }
    out.flush();
  }
}
