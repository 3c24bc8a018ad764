import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Says what came of the tests that Maven ran: {@code java TestResults.java SINCE LOG KIND…}, in the checkout. Maven itself was
 * told to go on after failures, so this is what decides. A run is good where every class named {@code *KIND} of every module
 * left a report younger than the file SINCE, no report tells of a failure, and the LOG not that a JVM of tests broke down.
 */
public final class TestResults {
  private static final Pattern BROKEN =
      Pattern.compile("The forked VM terminated|There was a timeout|Error occurred in starting fork|crashed JVM", 2);

  private static final int MOST_SHOWN = 300;

  private final FileTime since;
  private final List<String> kinds;
  private final DocumentBuilder xml = DocumentBuilderFactory.newInstance().newDocumentBuilder();
  private final List<String> failed = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private int tests;

  private TestResults(FileTime since, List<String> kinds) throws Exception {
    this.since = since;
    this.kinds = kinds;
  }

  public static void main(String[] arguments) throws Exception {
    List<String> kinds = Arrays.asList(arguments).subList(2, arguments.length);
    TestResults results = new TestResults(Files.getLastModifiedTime(Path.of(arguments[0])), kinds);
    for (String module : results.modules()) {
      results.read(module);
    }
    results.print();
    List<String> broken = broken(Path.of(arguments[1]));
    broken.forEach(line -> System.out.println("  BROKEN   " + line));
    boolean good =
        results.tests > 0 && results.failed.isEmpty() && results.missing.isEmpty() && broken.isEmpty();
    System.exit(good ? 0 : 1);
  }

  private List<String> modules() throws Exception {
    NodeList modules = xml.parse(Path.of("pom.xml").toFile()).getElementsByTagName("module");
    return IntStream.range(0, modules.getLength()).mapToObj(i -> modules.item(i).getTextContent()).toList();
  }

  private void read(String module) throws Exception {
    Set<String> reported = new TreeSet<>();
    for (String folder : List.of("surefire-reports", "failsafe-reports")) {
      for (Path report : files(Path.of(module, "target", folder), "TEST-.*\\.xml")) {
        if (Files.getLastModifiedTime(report).compareTo(since) >= 0) {
          reported.add(read(module, xml.parse(report.toFile()).getDocumentElement()));
        }
      }
    }
    Path sources = Path.of(module, "src/test/java");
    List<String> unseen =
        files(sources, ".*(" + String.join("|", kinds) + ")\\.java").stream()
            .map(file -> sources.relativize(file).toString().replace(".java", "").replace('/', '.'))
            .filter(name -> !reported.contains(name))
            .toList();
    if (reported.isEmpty() && unseen.size() > 1) {
      missing.add(module + ": none of its " + unseen.size() + " classes of tests was run to its end");
    } else {
      unseen.forEach(name -> missing.add(module + ": " + name + " was not run to its end"));
    }
  }

  /** The class that a report is about. */
  private String read(String module, Element suite) {
    NodeList cases = suite.getElementsByTagName("testcase");
    for (int i = 0; i < cases.getLength(); i++) {
      Element test = (Element) cases.item(i);
      String name = module + ": " + test.getAttribute("classname") + "." + test.getAttribute("name");
      tests++;
      Stream.of("failure", "error").forEach(word -> note(failed, name, test.getElementsByTagName(word)));
      note(skipped, name, test.getElementsByTagName("skipped"));
    }
    return suite.getAttribute("name").replaceFirst("\\$.*", "");
  }

  private static void note(List<String> where, String name, NodeList found) {
    if (found.getLength() > 0) {
      Element first = (Element) found.item(0);
      String message = first.getAttribute("message").isBlank() ? first.getTextContent() : first.getAttribute("message");
      String told = message.replaceAll("\\s+", " ").strip();
      where.add(name + ": " + told.substring(0, Math.min(told.length(), MOST_SHOWN)));
    }
  }

  private void print() {
    System.out.printf(
        "  tests %d, failed %d, skipped %d, classes not run %d%n",
        tests, failed.size(), skipped.size(), missing.size());
    failed.forEach(line -> System.out.println("  FAILED   " + line));
    missing.forEach(line -> System.out.println("  NOT RUN  " + line));
    skipped.forEach(line -> System.out.println("  SKIPPED  " + line));
  }

  private static List<String> broken(Path log) throws IOException {
    // A program's output may be in any encoding.
    return Files.readString(log, java.nio.charset.StandardCharsets.ISO_8859_1)
        .lines()
        .filter(line -> line.startsWith("[ERROR]") && BROKEN.matcher(line).find())
        .limit(1)
        .toList();
  }

  private static List<Path> files(Path directory, String name) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.getFileName().toString().matches(name)).sorted().toList();
    }
  }
}
