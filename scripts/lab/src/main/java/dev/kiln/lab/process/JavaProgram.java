package dev.kiln.lab.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** This same program, on the same Java, as a command. */
public final class JavaProgram {
  private JavaProgram() {}

  /**
   * Starts another main class, or the same one again, with the class path of this process.
   *
   * @param main the class with {@code main}
   */
  public static Command again(Class<?> main, List<String> arguments) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("-XX:+UseSerialGC");
    words.add("-cp");
    words.add(System.getProperty("java.class.path"));
    words.add(main.getName());
    words.addAll(arguments);
    return new Command(words);
  }
}
