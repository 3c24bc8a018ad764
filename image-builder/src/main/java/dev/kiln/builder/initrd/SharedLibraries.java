package dev.kiln.builder.initrd;

import dev.kiln.builder.elf.ElfFile;
import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.failure.KilnException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The libraries that a program of a tree is loaded with, read from its files and from theirs:
 * nothing of the tree runs, which may be another architecture's. They lie where the C library puts
 * its own, beside the dynamic linker: there every linker looks without being told to.
 */
final class SharedLibraries {
  private final ImageTree tree;
  private final int most;
  private final String program;
  private final SortedSet<String> found = new TreeSet<>();

  private SharedLibraries(ImageTree tree, int most, String program) {
    this.tree = tree;
    this.most = most;
    this.program = program;
  }

  /**
   * The paths of a program's dynamic linker and of all its libraries; none where it needs none.
   *
   * @param most bytes of each
   * @throws KilnException of kind INPUT where the tree lacks one
   */
  static SortedSet<String> of(ImageTree tree, String program, int most) {
    return new SharedLibraries(tree, most, program).find();
  }

  private SortedSet<String> find() {
    ElfFile first = read(program);
    if (first.interpreter().isPresent()) {
      follow(first, first.interpreter().get());
    } else if (!first.needed().isEmpty()) {
      throw KilnException.input(
          "the kit's " + program + " needs libraries and names no linker that loads them",
          "Check the package that brings it");
    }
    return found;
  }

  private void follow(ElfFile first, String linker) {
    List<String> directories = directories(linker);
    Set<String> known = new HashSet<>(Set.of(linker.substring(linker.lastIndexOf('/') + 1)));
    found.add(linker);
    Deque<ElfFile> open = new ArrayDeque<>(List.of(first));
    while (!open.isEmpty()) {
      for (String name : open.pop().needed()) {
        if (known.add(name)) {
          String library = locate(name, directories);
          found.add(library);
          open.add(read(library));
        }
      }
    }
  }

  /** As linkers look: first where a system has it whose /usr is a file system of its own. */
  private List<String> directories(String linker) {
    String real = tree.real(linker);
    String directory = real.substring(0, real.lastIndexOf('/') + 1);
    return directory.startsWith("/usr/")
        ? List.of(directory.substring("/usr".length()), directory)
        : List.of(directory, "/usr" + directory);
  }

  private String locate(String name, List<String> directories) {
    Optional<String> there =
        directories.stream().map(each -> each + name).filter(tree::exists).findFirst();
    return there.orElseThrow(
        () ->
            KilnException.input(
                "the kit lacks the library "
                    + name
                    + " of "
                    + program
                    + ": it is in none of "
                    + String.join(", ", directories),
                "Add its package to the profile's kit"));
  }

  private ElfFile read(String path) {
    return ElfFile.read("the kit's " + path, tree.read(path, most));
  }
}
