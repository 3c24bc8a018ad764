package dev.kiln.builder.kit;

import dev.kiln.builder.sandbox.Command;
import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.builder.sandbox.Sandbox;
import dev.kiln.file.Digest;

/**
 * Tools and what they need, unpacked: mksquashfs, unsquashfs and busybox, which run on this
 * machine; or veritysetup and busybox for the initrd of a machine that may have another
 * architecture.
 *
 * @param key digest of the packages it is made of
 * @param root the tree they are unpacked in
 * @param sandbox where they run
 */
public record Kit(Digest key, ImageTree root, Sandbox sandbox) {
  /** The static busybox, below the kit's root and in every sandbox's script. */
  public static final String BUSYBOX = "usr/bin/busybox";

  /** A command of the kit, run in the kit's own tree, which all bakes share. */
  public Command command(String... arguments) {
    return Command.of(root, arguments);
  }
}
