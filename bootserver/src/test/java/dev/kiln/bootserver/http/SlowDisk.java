package dev.kiln.bootserver.http;

import dev.kiln.bootserver.net.TestProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/** A directory as it would be on a slow disk: read-only, and each read of the kernel waits. */
final class SlowDisk implements AutoCloseable {
  private final Path directory;
  private final TestProcess process;

  private SlowDisk(Path directory, TestProcess process) {
    this.directory = directory;
    this.process = process;
  }

  /** Mounts it over the directory itself; what of it is cached is forgotten. */
  static SlowDisk over(Path directory, Path scratch, Duration delay)
      throws IOException, InterruptedException {
    Path script = scratch.resolve("slow_disk.py");
    try (InputStream program = SlowDisk.class.getResourceAsStream("/http/slow_disk.py")) {
      Files.write(script, Objects.requireNonNull(program).readAllBytes());
    }
    TestProcess process =
        TestProcess.start(
            "/usr/bin/python3",
            "-B",
            script.toString(),
            directory.toString(),
            directory.toString(),
            Double.toString(delay.toMillis() / 1e3));
    process.line(line -> line.equals("mounted"));
    return new SlowDisk(directory, process);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    TestProcess.run("umount", "--lazy", directory.toString());
    process.close();
  }
}
