package dev.kiln.builder.deb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebFuzzIT {
  private static final int ROUNDS = 500;

  @TempDir Path directory;

  @Test
  void readsDamagedRealPackagesInBoundedMemory() throws Exception {
    List<Path> debs = RealDebs.named("hostname", "dash", "base-files", "netbase", "libc-bin");

    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Above the 100 MiB that an xz header may ask for, and far below what a header may lie about.
    command.add("-Xmx160m");
    command.add("-XX:+UseSerialGC");
    for (String property : List.of("prove.minutes", "prove.seed")) {
      String value = System.getProperty(property);
      if (value != null) {
        command.add("-D" + property + "=" + value);
      }
    }
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(DebFuzzer.class.getName());
    command.add(String.valueOf(ROUNDS));
    command.add(directory.resolve("damaged.deb").toString());
    debs.forEach(deb -> command.add(deb.toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isZero();
    Matcher refused = Pattern.compile("(?m)^refused (\\d+)$").matcher(output);
    assertThat(refused.find()).as(output).isTrue();
    assertThat(Integer.parseInt(refused.group(1))).isGreaterThan(ROUNDS * 8 / 10);
  }
}
