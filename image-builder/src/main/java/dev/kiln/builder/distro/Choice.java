package dev.kiln.builder.distro;

import dev.kiln.lock.LockedSet;
import java.util.List;

/**
 * Packages that were chosen.
 *
 * @param moves in what they differ from what was locked before; none where nothing was
 */
public record Choice(LockedSet set, List<Move> moves) {
  public Choice {
    moves = List.copyOf(moves);
  }
}
