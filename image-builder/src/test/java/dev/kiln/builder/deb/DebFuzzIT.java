package dev.kiln.builder.deb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebFuzzIT {
  @TempDir Path directory;

  @Test
  void readsDamagedRealPackagesInBoundedMemory() throws Exception {
    long seed = System.nanoTime();
    int times = 100;
    System.out.println("seed " + seed);
    List<Path> debs = RealDebs.named("hostname", "dash", "base-files", "netbase", "libc-bin");

    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Above the 100 MiB that an xz header may ask for, and far below what a header may lie about.
    command.add("-Xmx160m");
    command.add("-XX:+UseSerialGC");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(DebFuzzer.class.getName());
    command.add(String.valueOf(seed));
    command.add(String.valueOf(times));
    command.add(directory.resolve("damaged.deb").toString());
    debs.forEach(deb -> command.add(deb.toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(output).startsWith("refused ");
    assertThat(Integer.parseInt(output.substring(8).strip()))
        .isBetween(debs.size() * times * 9 / 10, debs.size() * times);
  }
}
