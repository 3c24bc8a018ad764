package dev.kiln.builder.bake;

import dev.kiln.builder.kit.Kit;
import dev.kiln.builder.kit.KitTools;
import dev.kiln.builder.kit.Tool;
import dev.kiln.file.Digest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A locked set of tools. What they are is known from the lock, for the keys of what they write;
 * they are unpacked and checked when the first of them has to run.
 */
final class Tools {
  private final KitTools locked;
  private final Supplier<Kit> preparing;
  private @Nullable Kit prepared;

  Tools(KitTools locked, Supplier<Kit> preparing) {
    this.locked = locked;
    this.preparing = preparing;
  }

  /** Digest of what these run from. */
  Digest digest(Tool... tools) {
    return locked.digest(tools);
  }

  /** The tools, ready to run; any thread may ask for them. */
  synchronized Kit kit() {
    if (prepared == null) {
      prepared = preparing.get();
    }
    return prepared;
  }
}
