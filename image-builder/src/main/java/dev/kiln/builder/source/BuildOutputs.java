package dev.kiln.builder.source;

import dev.kiln.failure.KilnException;
import dev.kiln.failure.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a build left in its output directory. Exactly what the profile declares is taken: a file
 * nobody asked for, or one that is no program, tells of a recipe that does something else than its
 * author believed.
 */
final class BuildOutputs {
  /** Bytes; a kubelet has a fifth of it. */
  private static final long MAX_SIZE = 512L << 20;

  private final String build;
  private final Path directory;
  private final List<Problem> problems = new ArrayList<>();

  BuildOutputs(String build, Path directory) {
    this.build = build;
    this.directory = directory;
  }

  /** Moves the outputs into {@code target}, mode 0755, or refuses them all. */
  void take(Set<String> declared, Path target) throws IOException {
    Set<String> found = list();
    for (String name : declared) {
      if (!found.contains(name)) {
        refuse("left no '" + name + "' in $OUTPUT", "Mend its commands, or leave the output out");
      } else {
        check(name);
      }
    }
    Set<String> others = new TreeSet<>(found);
    others.removeAll(declared);
    if (!others.isEmpty()) {
      refuse(
          "left files in $OUTPUT that are no outputs: "
              + others.stream().limit(10).collect(Collectors.joining(", ")),
          "Name them under 'outputs:', or make them elsewhere");
    }
    if (!problems.isEmpty()) {
      throw new KilnException(KilnException.Kind.INPUT, problems, null);
    }
    move(declared, target);
  }

  private Set<String> list() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
          .map(file -> directory.relativize(file).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private void check(String name) throws IOException {
    Path file = directory.resolve(name);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      refuse("made '" + name + "' a link or device", "Copy the program itself to $OUTPUT");
    } else if (Files.size(file) > MAX_SIZE) {
      refuse(
          "made '" + name + "' of " + Files.size(file) + " bytes; at most " + MAX_SIZE,
          "Leave debugging symbols out");
    } else if (!ElfHeader.startsProgram(file)) {
      refuse("made '" + name + "', which is no 64-bit ELF program", "Name a program");
    }
  }

  private void move(Set<String> declared, Path target) throws IOException {
    Files.createDirectory(target);
    for (String name : declared) {
      Path place = target.resolve(name);
      Path parent = place.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.move(directory.resolve(name), place);
      Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private void refuse(String what, String mend) {
    problems.add(Problem.of("the build '" + build + "' " + what, mend));
  }
}
