package dev.kiln.builder.kit;

import dev.kiln.builder.sandbox.Command;
import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.builder.sandbox.Sandbox;
import dev.kiln.file.Digest;

/**
 * mksquashfs, unsquashfs, veritysetup, busybox and what they need, unpacked.
 *
 * @param key digest of the packages it is made of
 * @param root the tree they are unpacked in
 * @param sandbox where they run
 */
public record Kit(Digest key, ImageTree root, Sandbox sandbox) {
  /** The static busybox, below the kit's root and in every sandbox's script. */
  public static final String BUSYBOX = "usr/bin/busybox";

  /** The same tools, run in another sandbox: of a kit that this machine can run. */
  public Kit in(Sandbox other) {
    return new Kit(key, root, other);
  }

  /** A command of the kit, run in the kit's own tree, which all bakes share. */
  public Command command(String... arguments) {
    return Command.of(root, arguments);
  }
}
