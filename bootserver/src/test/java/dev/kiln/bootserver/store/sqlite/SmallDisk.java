package dev.kiln.bootserver.store.sqlite;

import dev.kiln.bootserver.net.TestProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A real disk of a few MiB: an ext4 file system in a file, which writes down what it was told to
 * flush and leaves everything else in memory as long as it can.
 */
final class SmallDisk implements AutoCloseable {
  private final Path image;
  private final Path mounted;

  private SmallDisk(Path image, Path mounted) {
    this.image = image;
    this.mounted = mounted;
  }

  /** Makes one with these two names below a directory, with blocks as large disks have them. */
  static SmallDisk make(Path directory) throws IOException, InterruptedException {
    return make(directory, 4096);
  }

  /**
   * The same.
   *
   * @param block bytes
   */
  static SmallDisk make(Path directory, int block) throws IOException, InterruptedException {
    Path image = directory.resolve("disk.img");
    TestProcess.run("truncate", "-s", "16M", image.toString());
    TestProcess.run("mkfs.ext4", "-q", "-m", "0", "-b", block + "", image.toString());
    return mount(image, directory.resolve("disk"));
  }

  private static SmallDisk mount(Path image, Path mounted)
      throws IOException, InterruptedException {
    Files.createDirectories(mounted);
    // Of what nobody flushes nothing is written by itself for ten minutes.
    TestProcess.run("mount", "-o", "loop,commit=600", image.toString(), mounted.toString());
    return new SmallDisk(image, mounted);
  }

  Path path() {
    return mounted;
  }

  /** Fills it to the last block. */
  void fill() {
    try (OutputStream file = Files.newOutputStream(mounted.resolve("fill"))) {
      byte[] block = new byte[4_096];
      while (true) {
        file.write(block);
      }
    } catch (IOException e) {
      // It is full.
    }
  }

  void makeRoom() throws IOException {
    Files.delete(mounted.resolve("fill"));
  }

  /** What the kernel does where the disk fails: nothing is written any more. */
  void fail() throws IOException, InterruptedException {
    TestProcess.run("mount", "-o", "remount,abort", mounted.toString());
  }

  /** Puts another disk in its place, with what was flushed, also while it is in use. */
  void replace() throws IOException, InterruptedException {
    TestProcess.run("umount", "--lazy", mounted.toString());
    Path copy = image.resolveSibling("replaced.img");
    Files.copy(image, copy);
    mount(copy, mounted);
  }

  /** The same disk as it is found after the power was cut now: what was not flushed is lost. */
  SmallDisk afterAPowerCut(Path directory) throws IOException, InterruptedException {
    Path copy = directory.resolve("cut.img");
    Files.copy(image, copy);
    return mount(copy, directory.resolve("cut"));
  }

  @Override
  public void close() throws IOException, InterruptedException {
    TestProcess.run("umount", "--lazy", mounted.toString());
  }
}
