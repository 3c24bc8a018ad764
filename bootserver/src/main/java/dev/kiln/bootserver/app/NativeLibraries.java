package dev.kiln.bootserver.app;

import java.nio.file.Path;

/**
 * SQLite and Netty carry machine code inside their jars and unpack it before they load it: into
 * {@code /tmp}, where many hosts forbid running anything. Here it goes into the state directory.
 */
final class NativeLibraries {
  private NativeLibraries() {}

  /** Must be called before either of the two is touched. */
  static void unpackInto(Path directory) {
    System.setProperty("org.sqlite.tmpdir", directory.toString());
    System.setProperty("io.netty.native.workdir", directory.toString());
  }
}
