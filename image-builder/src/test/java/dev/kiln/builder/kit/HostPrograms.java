package dev.kiln.builder.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The libraries of this machine's own programs, as ldd names them. */
public final class HostPrograms {
  private static final Pattern LIBRARY = Pattern.compile("(?m)(?:=> |^\\s+)(/\\S+) \\(0x");

  private HostPrograms() {}

  /** The paths of all libraries and of the dynamic linker. */
  public static Set<String> librariesOf(Collection<String> programs) {
    Set<String> libraries = new TreeSet<>();
    for (String program : programs) {
      LIBRARY.matcher(ldd(program)).results().forEach(match -> libraries.add(match.group(1)));
    }
    // The C library asks for it by name when a thread ends; ldd does not know.
    List.copyOf(libraries).stream()
        .filter(path -> path.endsWith("/libc.so.6"))
        .map(path -> path.replace("/libc.so.6", "/libgcc_s.so.1"))
        .forEach(libraries::add);
    return libraries;
  }

  private static String ldd(String program) {
    try {
      Process process = new ProcessBuilder("ldd", program).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      assertThat(output).doesNotContain("not found");
      return output;
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
