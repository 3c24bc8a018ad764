package dev.kiln.lab.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * The page of messages names every one that builder has, and none that it has no more. With {@code
 * -Dgolden.update=true} it is written anew.
 */
class MessagesTest {
  private static final Path PAGE = Sources.checkout().resolve("docs/troubleshooting.md");
  private static final String HEADING = "## Every message of builder\n";

  /** What makes a problem, by the place of its words among the arguments. */
  private static final Map<String, Integer> MAKERS =
      Map.of(
          "KilnException.input", 0,
          "KilnException.dependency", 0,
          "KilnException.unsupported", 0,
          "KilnException.io", 0,
          "Problem.of", 0,
          "Problem.at", 1,
          "new KilnException", 1,
          "new Violation", 1,
          "new FailedAttempt", 1,
          "new IllegalArgumentException", 0);

  private static final Pattern WORDS = Pattern.compile("[a-z]{3}.*[a-z]{3}");

  @Test
  void standAllOnThePageOfWhatTheyMean() throws IOException {
    String page = Files.readString(PAGE);
    int heading = page.indexOf(HEADING);
    assertThat(heading).as("'%s' in %s", HEADING.strip(), PAGE).isNotNegative();
    int list = page.indexOf("\n- ", heading) + 1;
    String found = String.join("", messages().stream().map("- `%s`\n"::formatted).toList());
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(PAGE, page.substring(0, list) + found);
    }

    assertThat(found)
        .as("%s: run this test with -Dgolden.update=true", PAGE)
        .isEqualTo(Files.readString(PAGE).substring(list));
  }

  private static Set<String> messages() throws IOException {
    List<Path> files =
        Sources.in("main").stream()
            .filter(file -> file.toString().matches(".*/(profiles|image-builder)/src/main/.*"))
            .toList();
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(files));
      Set<String> found = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
      for (CompilationUnitTree file : task.parse()) {
        file.accept(new Words(found), null);
      }
      return found;
    }
  }

  /** Finds the fixed words of each message. */
  private static final class Words extends TreeScanner<Void, Void> {
    private final Set<String> found;

    Words(Set<String> found) {
      this.found = found;
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
      if (call.getMethodSelect() instanceof MemberSelectTree method) {
        String name = method.getExpression() + "." + method.getIdentifier();
        add(name, call.getArguments());
      }
      return super.visitMethodInvocation(call, null);
    }

    @Override
    public Void visitNewClass(NewClassTree made, Void nothing) {
      add("new " + made.getIdentifier(), made.getArguments());
      return super.visitNewClass(made, null);
    }

    private void add(String maker, List<? extends ExpressionTree> arguments) {
      Integer place = MAKERS.get(maker);
      if (place == null || arguments.size() <= place) {
        return;
      }
      String words = words(arguments.get(place)).replaceAll("(…\\s*)+…", "…").replace('`', '\'');
      String whole = maker.equals("KilnException.io") ? "cannot " + words + ": …" : words;
      if (WORDS.matcher(words.replace("…", "")).find()) {
        found.add(whole.replaceAll("\\s+", " ").strip());
      }
    }

    private static String words(Tree tree) {
      if (tree instanceof LiteralTree literal && literal.getValue() instanceof String text) {
        return text;
      }
      if (tree instanceof BinaryTree sum && sum.getKind() == Tree.Kind.PLUS) {
        return words(sum.getLeftOperand()) + words(sum.getRightOperand());
      }
      if (tree instanceof ParenthesizedTree inner) {
        return words(inner.getExpression());
      }
      if (tree instanceof MethodInvocationTree call
          && call.getMethodSelect() instanceof MemberSelectTree method
          && method.getIdentifier().contentEquals("formatted")) {
        return words(method.getExpression()).replaceAll("%[,.0-9]*[a-z]", "…");
      }
      return "…";
    }
  }
}
