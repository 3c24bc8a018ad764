import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Lists the classes of a program for the JVM's archive of them: {@code java ListClasses.java LIB FILE}.
 * Those that the JVM would archive of itself come first, then those of every jar in LIB. The JVM
 * leaves out what it cannot archive, such as the classes of signed jars.
 */
public final class ListClasses {
  private ListClasses() {}

  public static void main(String[] arguments) throws IOException {
    // One of other jars must not survive a build that ends here.
    Files.deleteIfExists(Path.of(arguments[0], "classes.jsa"));
    List<String> names = new ArrayList<>();
    names.addAll(Files.readAllLines(Path.of(System.getProperty("java.home"), "lib", "classlist")));
    try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
      for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).sorted().toList()) {
        names.addAll(classesIn(jar));
      }
    }
    Files.write(Path.of(arguments[1]), names);
  }

  private static List<String> classesIn(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .map(JarEntry::getName)
          .filter(name -> name.endsWith(".class"))
          .filter(name -> !name.startsWith("META-INF/") && !name.contains("-info."))
          .map(name -> name.substring(0, name.length() - ".class".length()))
          .toList();
    }
  }
}
