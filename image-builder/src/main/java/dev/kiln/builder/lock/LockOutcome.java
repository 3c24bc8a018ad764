package dev.kiln.builder.lock;

import dev.kiln.builder.distro.Move;
import dev.kiln.lock.Lock;
import java.util.List;

/**
 * What was chosen.
 *
 * @param moves in what it differs from the lock before it; none where there was none
 */
public record LockOutcome(Lock lock, List<Move> moves) {
  public LockOutcome {
    moves = List.copyOf(moves);
  }
}
