package dev.kiln.command;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/**
 * The commands of a program, in the order of its help. The options of a command are found by
 * reflection, which takes longer than most of what a program starts with: only of those commands
 * are they read that the arguments can mean.
 */
public final class Commands {
  private static final List<String> VERSION = List.of("--version");

  private final Map<String, Class<?>> classes = new LinkedHashMap<>();

  private Commands(List<Class<?>> classes) {
    classes.forEach(each -> this.classes.put(each.getAnnotation(Command.class).name(), each));
  }

  /** These, each by its own name. */
  public static Commands of(Class<?>... classes) {
    return new Commands(Arrays.asList(classes));
  }

  /** One alone where it is named first, or none; all where the arguments say anything else. */
  List<Class<?>> meantBy(List<String> arguments) {
    if (arguments.equals(VERSION)) {
      return List.of();
    }
    Class<?> named = arguments.isEmpty() ? null : classes.get(arguments.get(0));
    return named == null ? List.copyOf(classes.values()) : List.of(named);
  }
}
