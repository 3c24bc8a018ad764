package dev.kiln.builder.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.builder.sandbox.Sandbox;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A kit of this machine's own tools: the programs, and the libraries that ldd names. */
public final class HostKit {
  private static final Pattern LIBRARY = Pattern.compile("(?m)(?:=> |^\\s+)(/\\S+) \\(0x");
  private static final List<String> PROGRAMS =
      List.of("/usr/bin/mksquashfs", "/usr/sbin/veritysetup", "/usr/bin/busybox");

  private HostKit() {}

  /** Makes it in {@code directory}, which is empty. */
  public static Kit make(Path directory) throws Exception {
    Path root = directory.resolve("kit");
    for (String name : List.of("bin", "sbin", "lib", "lib64")) {
      Files.createDirectories(root.resolve("usr").resolve(name));
      Files.createSymbolicLink(root.resolve(name), Path.of("usr", name));
    }
    for (String program : PROGRAMS) {
      copy(root, program);
      LIBRARY.matcher(ldd(program)).results().forEach(match -> copyLibrary(root, match.group(1)));
    }
    Path scratch = Files.createDirectory(directory.resolve("scratch"));
    ImageTree tree = ImageTree.at(root);
    return new Kit(Digest.of("host kit"), tree, new Sandbox(tree, Kit.BUSYBOX, scratch));
  }

  private static void copyLibrary(Path root, String path) {
    copy(root, path);
    if (path.endsWith("/libc.so.6")) {
      // The C library asks for it by name when a thread ends; ldd does not know.
      copy(root, path.replace("/libc.so.6", "/libgcc_s.so.1"));
    }
  }

  private static void copy(Path root, String path) {
    try {
      Path target = root.resolve(path.substring(1));
      Files.createDirectories(target.getParent());
      if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        Files.copy(Path.of(path), target);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String ldd(String program) throws Exception {
    Process process = new ProcessBuilder("ldd", program).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    assertThat(output).doesNotContain("not found");
    return output;
  }
}
