package dev.kiln.lab.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Small files and small methods: the parts of readability that a program can count. */
class SourceSizeTest {
  private static final int MOST_LINES_OF_A_FILE = 400;
  private static final int MOST_LINES_OF_A_METHOD = 40;
  private static final int MEDIAN = 100;

  @Test
  void noFileIsLong() {
    assertThat(Stream.concat(Sources.in("main").stream(), Sources.in("test").stream()))
        .isNotEmpty()
        .filteredOn(file -> Sources.lines(file) > MOST_LINES_OF_A_FILE)
        .as("files of more than %d lines", MOST_LINES_OF_A_FILE)
        .isEmpty();
  }

  @Test
  void theMedianFileIsShort() {
    List<Integer> lines = Sources.in("main").stream().map(Sources::lines).sorted().toList();
    int median = lines.get(lines.size() / 2);
    System.out.printf(
        "%d files, %d lines; median %d, longest %d%n",
        lines.size(),
        lines.stream().mapToInt(Integer::intValue).sum(),
        median,
        lines.get(lines.size() - 1));

    assertThat(median).as("lines of the median file").isLessThan(MEDIAN);
  }

  @Test
  void noMethodIsLong() throws IOException {
    assertThat(longMethods(Sources.in("main")))
        .as("methods of more than %d lines", MOST_LINES_OF_A_METHOD)
        .isEmpty();
  }

  private static List<String> longMethods(List<Path> files) throws IOException {
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
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      List<String> found = new ArrayList<>();
      for (CompilationUnitTree file : task.parse()) {
        file.accept(new LongMethods(file, positions, found), null);
      }
      return found;
    }
  }

  /** Names each method with too many lines between its braces. */
  private static final class LongMethods extends TreeScanner<Void, Void> {
    private final CompilationUnitTree file;
    private final SourcePositions positions;
    private final List<String> found;

    LongMethods(CompilationUnitTree file, SourcePositions positions, List<String> found) {
      this.file = file;
      this.positions = positions;
      this.found = found;
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      if (method.getBody() != null) {
        long first = line(positions.getStartPosition(file, method.getBody()));
        long last = line(positions.getEndPosition(file, method.getBody()));
        if (last - first - 1 > MOST_LINES_OF_A_METHOD) {
          found.add(
              Path.of(file.getSourceFile().getName()).getFileName()
                  + ":"
                  + first
                  + " "
                  + method.getName()
                  + " has "
                  + (last - first - 1)
                  + " lines");
        }
      }
      return super.visitMethod(method, null);
    }

    private long line(long position) {
      return file.getLineMap().getLineNumber(position);
    }
  }
}
