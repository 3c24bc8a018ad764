package dev.kiln.lab.lifecycle;

import dev.kiln.failure.KilnException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Ends a lab that another process keeps, or what is left of one whose keeper was killed. */
public final class EndLab {
  private static final Duration GRACE = Duration.ofMinutes(1);

  private EndLab() {}

  /** Returns when nothing of it runs any more. */
  public static void run(LabDirectory directory) {
    Optional<LabDirectory.Claim> claim = directory.claim();
    if (claim.isEmpty()) {
      endKeeper(directory);
      claim = directory.claim();
    }
    try (LabDirectory.Claim ours = claim.orElseThrow(() -> stillUp(directory))) {
      directory.namespace().remove();
    }
  }

  private static void endKeeper(LabDirectory directory) {
    ProcessHandle keeper = directory.keeper().orElseThrow(() -> stillUp(directory));
    keeper.destroy();
    keeper.onExit().completeOnTimeout(keeper, GRACE.toSeconds(), TimeUnit.SECONDS).join();
    keeper.destroyForcibly();
    keeper.onExit().join();
  }

  private static KilnException stillUp(LabDirectory directory) {
    return KilnException.dependency(
        "another process started or ended the lab in " + directory.path() + " just now",
        "Try again");
  }
}
