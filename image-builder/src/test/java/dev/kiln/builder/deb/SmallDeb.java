package dev.kiln.builder.deb;

import dev.kiln.builder.cache.CachedFile;
import dev.kiln.builder.lock.SampleLock;
import dev.kiln.builder.packages.ReadyPackage;
import dev.kiln.builder.packages.ReadyPackages;
import dev.kiln.lock.LockedPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A package of a few files, ready to install, for tests of other packages. */
public final class SmallDeb {
  private final String name;
  private final StringBuilder control;
  private final TarBytes data = new TarBytes().directory("./");

  public SmallDeb(String name) {
    this.name = name;
    this.control = new StringBuilder("Package: " + name + "\nVersion: 1\nArchitecture: all\n");
  }

  /** A whole line of its control file. */
  public SmallDeb field(String line) {
    control.append(line).append('\n');
    return this;
  }

  public SmallDeb directory(String path) {
    data.directory("./" + path + "/");
    return this;
  }

  public SmallDeb file(String path, String octalMode, String content) {
    data.mode(octalMode).file("./" + path, content);
    return this;
  }

  public SmallDeb hardLink(String path, String target) {
    data.hardLink("./" + path, "./" + target);
    return this;
  }

  public SmallDeb symbolicLink(String path, String target) {
    data.symbolicLink("./" + path, target);
    return this;
  }

  /** The time of the files that follow, seconds since 1970. */
  public SmallDeb time(long seconds) {
    data.time(seconds);
    return this;
  }

  /** Writes it as {@link ReadyPackages} would, but unchecked. */
  public ReadyPackage write(Path directory) throws IOException {
    return write(directory, "./control");
  }

  /** The same, its control file under another name. */
  public ReadyPackage write(Path directory, String controlName) throws IOException {
    byte[] bytes =
        new DebBytes()
            .member("debian-binary", DebBytes.ascii("2.0\n"))
            .member("control.tar", new TarBytes().file(controlName, control.toString()).ended())
            .member("data.tar", data.ended())
            .bytes();
    Path file = Files.write(directory.resolve(name + ".deb"), bytes);
    LockedPackage locked = SampleLock.binary(name, "1", "all", bytes);
    return new ReadyPackage(locked, CachedFile.ofBlob(file, locked.digest()));
  }
}
