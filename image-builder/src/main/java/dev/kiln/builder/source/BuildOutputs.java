package dev.kiln.builder.source;

import dev.kiln.builder.elf.ElfFile;
import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.builder.sandbox.ImageTree.Entry;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a build left in its output directory. Exactly what the profile declares is taken: a file
 * nobody asked for, or one that is no program, tells of a recipe that does something else than its
 * author believed.
 */
final class BuildOutputs {
  /** Bytes; a kubelet has a fifth of it. */
  private static final long MAX_SIZE = 512L << 20;

  private static final int MOST_FILES = 10_000;

  private final String build;
  private final ImageTree tree;
  private final String directory;
  private final List<Problem> problems = new ArrayList<>();

  /**
   * Prepares.
   *
   * @param tree that the build ran in, which it may have changed as it liked
   * @param directory in it
   */
  BuildOutputs(String build, ImageTree tree, String directory) {
    this.build = build;
    this.tree = tree;
    this.directory = directory;
  }

  /**
   * Copies the outputs into {@code target}, mode 0755, or refuses them all.
   *
   * @param outputs each to its file below the directory
   */
  void take(Map<String, String> outputs, Path target) throws IOException {
    Set<String> declared = new TreeSet<>(outputs.values());
    Map<String, Entry> found = new LinkedHashMap<>();
    tree.entriesBelow(directory, MOST_FILES).forEach(entry -> found.put(entry.path(), entry));
    declared.forEach(name -> check(name, found));
    Set<String> others = new TreeSet<>(found.keySet());
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
    copy(outputs, target);
  }

  private void check(String name, Map<String, Entry> found) {
    Entry entry = found.get(name);
    if (entry == null) {
      refuse("left no '" + name + "' in $OUTPUT", "Mend its commands, or leave the output out");
    } else if (entry.size().isEmpty()) {
      refuse("made '" + name + "' a link or device", "Copy the program itself to $OUTPUT");
    } else if (entry.size().getAsLong() > MAX_SIZE) {
      refuse(
          "made '" + name + "' of " + entry.size().getAsLong() + " bytes; at most " + MAX_SIZE,
          "Leave debugging symbols out");
    } else if (!ElfFile.isProgram(tree.start(inTree(name), ElfFile.HEADER_SIZE))) {
      refuse("made '" + name + "', which is no 64-bit ELF program", "Name a program");
    }
  }

  private void copy(Map<String, String> outputs, Path target) throws IOException {
    Files.createDirectory(target);
    for (Map.Entry<String, String> output : outputs.entrySet()) {
      Path place = target.resolve(output.getKey());
      Path parent = place.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      tree.copy(inTree(output.getValue()), place, MAX_SIZE);
      Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private String inTree(String name) {
    return directory + "/" + name;
  }

  private void refuse(String what, String mend) {
    problems.add(Problem.of("the build '" + build + "' " + what, mend));
  }
}
