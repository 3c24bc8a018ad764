package dev.kiln.builder.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One command for the sandbox, complete.
 *
 * @param root the tree that becomes {@code /}
 * @param changesRoot whether it may change that tree
 * @param binds what else it sees
 * @param arguments the program and its arguments
 * @param environment all of it: nothing of the host's environment gets in
 */
public record Command(
    ImageTree root,
    boolean changesRoot,
    List<Bind> binds,
    List<String> arguments,
    Map<String, String> environment) {
  /** What every command has: a plain path, a fixed locale, time zone and home. */
  private static final Map<String, String> BASE =
      Map.of(
          "PATH",
          "/usr/sbin:/usr/bin:/sbin:/bin",
          "LC_ALL",
          "C.UTF-8",
          "TZ",
          "UTC",
          "HOME",
          "/root");

  public Command {
    binds = List.copyOf(binds);
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
    if (arguments.isEmpty()) {
      throw new IllegalArgumentException("a command has at least the name of its program");
    }
    if (!arguments.get(0).startsWith("/")) {
      // The sandbox's shell would take a plain name for one of busybox's own applets.
      throw new IllegalArgumentException("a program is named by its path, not " + arguments.get(0));
    }
  }

  /** A command that may change the tree it runs in, without binds, in the base environment. */
  public static Command in(ImageTree root, String... arguments) {
    return new Command(root, true, List.of(), List.of(arguments), BASE);
  }

  /** A command of a tree that it must not change, because others run in it too. */
  public static Command of(ImageTree root, String... arguments) {
    return new Command(root, false, List.of(), List.of(arguments), BASE);
  }

  /** The same command with more arguments. */
  public Command and(List<String> more) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(more);
    return new Command(root, changesRoot, binds, all, environment);
  }

  public Command with(Bind bind) {
    List<Bind> more = new ArrayList<>(binds);
    more.add(bind);
    return new Command(root, changesRoot, more, arguments, environment);
  }

  public Command with(String variable, String value) {
    Map<String, String> more = new TreeMap<>(environment);
    more.put(variable, value);
    return new Command(root, changesRoot, binds, arguments, more);
  }

  /** Whose mount namespace all its trees are in; at most one. */
  Optional<Keeper> keeper() {
    List<Keeper> keepers =
        Stream.concat(Stream.of(root.keeper()), binds.stream().map(Bind::keeper))
            .flatMap(Optional::stream)
            .distinct()
            .toList();
    if (keepers.size() > 1) {
      throw new IllegalArgumentException("a command sees trees of one workspace only");
    }
    return keepers.stream().findFirst();
  }
}
