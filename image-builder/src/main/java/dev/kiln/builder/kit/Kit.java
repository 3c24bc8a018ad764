package dev.kiln.builder.kit;

import dev.kiln.builder.sandbox.Command;
import dev.kiln.builder.sandbox.Root;
import dev.kiln.builder.sandbox.Sandbox;
import dev.kiln.builder.sandbox.Workspace;
import dev.kiln.file.Digest;
import java.nio.file.Path;

/**
 * mksquashfs, veritysetup, busybox and what they need, unpacked.
 *
 * @param key digest of the packages it is made of
 * @param root the tree they are unpacked in
 * @param sandbox where they run
 */
public record Kit(Digest key, Path root, Sandbox sandbox) {
  /** The static busybox, below the kit's root and in every sandbox's script. */
  static final String BUSYBOX = "usr/bin/busybox";

  /** The same kit, whose commands also see what is in a workspace. */
  public Kit in(Workspace workspace) {
    return new Kit(key, root, sandbox.in(workspace));
  }

  /** A command of the kit, run in the kit's own tree. */
  public Command command(String... arguments) {
    return Command.in(root, arguments);
  }

  /** A file of the kit, its links followed inside the kit. */
  public Path file(String path) {
    return new Root(root).resolve(path);
  }

  public Path busybox() {
    return file(BUSYBOX);
  }
}
