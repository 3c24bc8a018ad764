package dev.kiln.builder.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A process of its own that runs a command, to be killed: {@code SCRATCH ROOT PROGRAM...}. */
final class SandboxWorker {
  private SandboxWorker() {}

  static Process start(Path scratch, Path root, String... command) throws Exception {
    return new ProcessBuilder(command(scratch, root, command))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Its command line. */
  static List<String> command(Path scratch, Path root, String... command) {
    return Stream.concat(
            Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                SandboxWorker.class.getName(),
                scratch.toString(),
                root.toString()),
            Stream.of(command))
        .toList();
  }

  public static void main(String[] arguments) {
    String[] command = Stream.of(arguments).skip(2).toArray(String[]::new);
    ImageTree root = ImageTree.at(Path.of(arguments[1]));
    new Sandbox(root, SmallRoot.BUSYBOX, Path.of(arguments[0]))
        .run(Command.in(root, command), in -> {}, System.out::println);
  }
}
