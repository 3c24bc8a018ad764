package dev.kiln.builder.bake;

import dev.kiln.builder.distro.Families;
import dev.kiln.builder.distro.Move;
import dev.kiln.builder.distro.Renewal;
import dev.kiln.builder.fetch.Fetcher;
import dev.kiln.builder.lock.LockFile;
import dev.kiln.builder.lock.LockOutcome;
import dev.kiln.builder.lock.LockProfile;
import dev.kiln.builder.lock.LockRequest;
import dev.kiln.builder.mirror.ProfileMirrors;
import dev.kiln.builder.progress.Progress;
import dev.kiln.lock.Lock;
import java.time.Clock;

/** A bake's first step: the lock as it is, or as far as it does. */
final class ReadLock {
  private final Families families;
  private final Fetcher fetcher;
  private final ProfileMirrors mirrors;
  private final Progress progress;

  ReadLock(Families families, Fetcher fetcher, ProfileMirrors mirrors, Progress progress) {
    this.families = families;
    this.fetcher = fetcher;
    this.mirrors = mirrors;
    this.progress = progress;
  }

  Lock read(BakeRequest request) {
    return request.lock() instanceof LockPolicy.AsItIs ? readAsItIs(request) : choose(request);
  }

  private static Lock readAsItIs(BakeRequest request) {
    return LockFile.read(
        request.lock().file(), request.profile(), request.profileName(), request.inputs());
  }

  private Lock choose(BakeRequest request) {
    LockOutcome outcome =
        new LockProfile(families, fetcher, mirrors, progress, Clock.systemUTC())
            .lock(
                new LockRequest(
                    request.profile(),
                    request.host().toString(),
                    LockFile.find(request.lock().file(), request.profile(), request.profileName()),
                    Renewal.NONE,
                    false));
    LockFile.write(request.lock().file(), outcome.lock(), request.inputs());
    outcome.moves().stream().map(Move::toString).forEach(progress::note);
    return outcome.lock();
  }
}
