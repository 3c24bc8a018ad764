package dev.kiln.builder.kernel;

import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.failure.KilnException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The modules of one kernel and their aliases, from its own tables (depmod(8)). */
final class KernelModules {
  /** Bytes; the tables of a distribution's kernel have one or two million. */
  private static final int MOST_TABLE = 32 << 20;

  /** One line of modules.alias. */
  private record Alias(String pattern, String module) {
    @Override
    public String toString() {
      return "alias " + pattern + " " + module;
    }
  }

  private final ImageTree tree;
  private final String directory;
  private final SortedMap<String, List<String>> dependencies = new TreeMap<>();
  private final List<Alias> aliases;

  private KernelModules(ImageTree tree, String directory) {
    this.tree = tree;
    this.directory = directory;
    int number = 1;
    for (String line : table("modules.dep")) {
      readLine(line, "modules.dep:" + number++);
    }
    this.aliases =
        table("modules.alias").stream()
            .map(line -> line.split(" "))
            .filter(words -> words.length == 3 && words[0].equals("alias"))
            .map(words -> new Alias(words[1], words[2]))
            .toList();
  }

  /**
   * Reads {@code modules.dep} and {@code modules.alias}.
   *
   * @param directory of the modules of one kernel
   */
  static KernelModules read(ImageTree tree, String directory) {
    return new KernelModules(tree, directory);
  }

  private void readLine(String line, String where) {
    int colon = line.indexOf(':');
    if (colon < 0) {
      throw KilnException.input(
          where + ": there is no ':' behind the name of a module",
          "Check the package that brings the kernel");
    }
    List<String> needed =
        Stream.of(line.substring(colon + 1).split(" "))
            .filter(each -> !each.isEmpty())
            .map(each -> PlainPath.require(each, where))
            .toList();
    dependencies.put(PlainPath.require(line.substring(0, colon), where), needed);
  }

  /** Paths below the directory. */
  Set<String> all() {
    return dependencies.keySet();
  }

  /**
   * The modules that modprobe loads by a name or alias; none where it is built in.
   *
   * @param name with either sort of dash
   */
  SortedSet<String> named(String name) {
    Set<String> names =
        aliases.stream()
            .filter(alias -> withOneDash(alias.pattern()).equals(withOneDash(name)))
            .map(alias -> withOneDash(alias.module()))
            .collect(Collectors.toSet());
    names.add(withOneDash(name));
    return all().stream()
        .filter(module -> names.contains(nameOf(module)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  SortedSet<String> withAllTheyDependOn(Collection<String> modules) {
    SortedSet<String> chosen = new TreeSet<>();
    Deque<String> open = new ArrayDeque<>(modules);
    while (!open.isEmpty()) {
      String module = open.pop();
      if (chosen.add(module)) {
        open.addAll(dependencies.getOrDefault(module, List.of()));
      }
    }
    return chosen;
  }

  /** One of them. */
  ModuleFile file(String module) {
    return ModuleFile.read(module, tree.read(directory + "/" + module, ModuleFile.MOST));
  }

  /** {@code modules.dep} of these alone, as they are called when they are not compressed. */
  byte[] dependenciesOf(Set<String> modules) {
    return lines(
        dependencies.entrySet().stream()
            .filter(entry -> modules.contains(entry.getKey()))
            .map(
                entry ->
                    Stream.concat(
                            Stream.of(CompressedFile.plainName(entry.getKey()) + ":"),
                            entry.getValue().stream().map(CompressedFile::plainName))
                        .collect(Collectors.joining(" "))));
  }

  /** {@code modules.alias} of these alone. */
  byte[] aliasesOf(Set<String> modules) {
    Set<String> names = modules.stream().map(KernelModules::nameOf).collect(Collectors.toSet());
    return lines(
        aliases.stream()
            .filter(alias -> names.contains(withOneDash(alias.module())))
            .map(Alias::toString));
  }

  /** As modules.alias writes it: no directory, no suffix, and one sort of dash. */
  private static String nameOf(String module) {
    String file = CompressedFile.plainName(module.substring(module.lastIndexOf('/') + 1));
    return withOneDash(file.endsWith(".ko") ? file.substring(0, file.length() - 3) : file);
  }

  private static String withOneDash(String name) {
    return name.replace('-', '_');
  }

  private List<String> table(String name) {
    byte[] content = tree.read(directory + "/" + name, MOST_TABLE);
    return new String(content, StandardCharsets.ISO_8859_1).lines().toList();
  }

  private static byte[] lines(Stream<String> lines) {
    return lines
        .map(line -> line + "\n")
        .collect(Collectors.joining())
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
