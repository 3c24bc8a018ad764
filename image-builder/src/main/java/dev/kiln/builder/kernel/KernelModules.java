package dev.kiln.builder.kernel;

import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.failure.KilnException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The modules of one kernel and what they want of each other, from its own tables (depmod(8)). */
final class KernelModules {
  /** Bytes; the tables of a distribution's kernel have one or two million. */
  private static final int MOST_TABLE = 32 << 20;

  /**
   * One line of modules.alias.
   *
   * @param module its name, with underscores
   */
  record Alias(String pattern, String module) {}

  private final ImageTree tree;
  private final String directory;
  private final SortedMap<String, List<String>> dependencies = new TreeMap<>();
  private final Map<String, String> byName = new HashMap<>();
  private final List<Alias> aliases;
  private final SoftDependencies soft;

  private KernelModules(ImageTree tree, String directory) {
    this.tree = tree;
    this.directory = directory;
    int number = 1;
    for (String line : table("modules.dep")) {
      readLine(line, "modules.dep:" + number++);
    }
    dependencies.keySet().forEach(module -> byName.put(nameOf(module), module));
    this.aliases =
        table("modules.alias").stream()
            .map(line -> line.split(" "))
            .filter(words -> words.length == 3 && words[0].equals("alias"))
            .map(words -> new Alias(words[1], withOneDash(words[2])))
            .toList();
    this.soft =
        SoftDependencies.of(tableIfThere("modules.softdep"), tableIfThere("modules.weakdep"));
  }

  /**
   * Reads {@code modules.dep} and {@code modules.alias}, and of {@code modules.softdep} and {@code
   * modules.weakdep} what is there: older depmods write neither.
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

  /** What a module cannot be loaded without; the last of them is loaded first. */
  List<String> dependencies(String module) {
    return dependencies.getOrDefault(module, List.of());
  }

  /** In the order in which the kernel wants them asked for (modules.order). */
  List<Alias> aliases() {
    return aliases;
  }

  /** The module of this very name, with either sort of dash. */
  Optional<String> ofName(String name) {
    return Optional.ofNullable(byName.get(withOneDash(name)));
  }

  /**
   * The modules that modprobe loads by a name or alias; none where it is built in.
   *
   * @param name with either sort of dash
   */
  SortedSet<String> named(String name) {
    return Stream.concat(
            aliases.stream()
                .filter(alias -> withOneDash(alias.pattern()).equals(withOneDash(name)))
                .map(Alias::module),
            Stream.of(name))
        .flatMap(each -> ofName(each).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** These, and whatever they cannot be without, want, or may ask the kernel for. */
  SortedSet<String> withAllTheyNeed(Collection<String> modules) {
    SortedSet<String> chosen = new TreeSet<>();
    Deque<String> open = new ArrayDeque<>(modules);
    while (!open.isEmpty()) {
      String module = open.pop();
      if (chosen.add(module)) {
        open.addAll(dependencies(module));
        soft.of(nameOf(module)).all().forEach(name -> open.addAll(named(name)));
      }
    }
    return chosen;
  }

  /**
   * A module behind all that is to be loaded before it: what it depends on, and what it or one of
   * those wants to be loaded first, by the module's own name.
   */
  List<String> inLoadOrder(String module) {
    Set<String> order = new LinkedHashSet<>();
    load(module, order, new HashSet<>());
    return List.copyOf(order);
  }

  private void load(String module, Set<String> order, Set<String> seen) {
    if (seen.add(module)) {
      for (String name : soft.of(nameOf(module)).before()) {
        ofName(name).ifPresent(each -> load(each, order, seen));
      }
      List<String> needed = new ArrayList<>(dependencies(module));
      Collections.reverse(needed);
      needed.forEach(each -> load(each, order, seen));
      order.add(module);
    }
  }

  /** One of them. */
  ModuleFile file(String module) {
    return ModuleFile.read(module, tree.read(directory + "/" + module, ModuleFile.MOST));
  }

  /** As modules.alias writes it: no directory, no suffix, and one sort of dash. */
  static String nameOf(String module) {
    String file = CompressedFile.plainName(module.substring(module.lastIndexOf('/') + 1));
    return withOneDash(file.endsWith(".ko") ? file.substring(0, file.length() - 3) : file);
  }

  private static String withOneDash(String name) {
    return name.replace('-', '_');
  }

  private List<String> tableIfThere(String name) {
    return tree.exists(directory + "/" + name) ? table(name) : List.of();
  }

  private List<String> table(String name) {
    byte[] content = tree.read(directory + "/" + name, MOST_TABLE);
    return new String(content, StandardCharsets.ISO_8859_1).lines().toList();
  }
}
