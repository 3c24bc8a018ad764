package dev.kiln.builder.bake;

import dev.kiln.builder.distro.Families;
import dev.kiln.builder.distro.Move;
import dev.kiln.builder.distro.Renewal;
import dev.kiln.builder.fetch.Fetcher;
import dev.kiln.builder.lock.LockFile;
import dev.kiln.builder.lock.LockOutcome;
import dev.kiln.builder.lock.LockProfile;
import dev.kiln.builder.lock.LockRequest;
import dev.kiln.builder.mirror.Mirrors;
import dev.kiln.builder.progress.Progress;
import dev.kiln.failure.KilnException;
import dev.kiln.lock.Lock;
import java.time.Clock;

/** A bake's first step: the lock as it is, or as far as it does. */
final class ReadLock {
  private final Families families;
  private final Fetcher fetcher;
  private final Mirrors mirrors;
  private final Progress progress;

  ReadLock(Families families, Fetcher fetcher, Mirrors mirrors, Progress progress) {
    this.families = families;
    this.fetcher = fetcher;
    this.mirrors = mirrors;
    this.progress = progress;
  }

  Lock read(BakeRequest request) {
    Lock lock =
        request.lock() instanceof LockPolicy.AsItIs locked
            ? LockFile.read(locked.file(), request.profile(), request.profileName())
            : choose(request);
    refuseWhatNobodyInstalls(lock);
    return lock;
  }

  private Lock choose(BakeRequest request) {
    LockOutcome outcome =
        new LockProfile(families, fetcher, mirrors, progress, Clock.systemUTC())
            .lock(
                new LockRequest(
                    request.profile(),
                    request.host().toString(),
                    LockFile.find(request.lock().file(), request.profile()),
                    Renewal.NONE,
                    false));
    LockFile.write(request.lock().file(), outcome.lock());
    outcome.moves().stream().map(Move::toString).forEach(progress::detail);
    return outcome.lock();
  }

  /** The format has them for families to come: whoever has them locked must not get less. */
  private static void refuseWhatNobodyInstalls(Lock lock) {
    if (!lock.modules().isEmpty() || !lock.bases().isEmpty()) {
      throw KilnException.unsupported(
          "the lock names modules or bases, which this program cannot install",
          "Use a newer builder");
    }
  }
}
