package dev.kiln.builder.kernel;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tables of chosen modules, written so that the modprobe of busybox does what kmod's does with
 * the kernel's own. Of busybox's (modutils/modprobe.c) three things are to be known:
 *
 * <ul>
 *   <li>It knows no soft dependencies. So a module that another one wants loaded first is among
 *       those that it depends on. A wish for an alias, such as {@code crypto-crc32c}, cannot be:
 *       not every processor takes every module behind it, and where a dependency cannot be loaded
 *       busybox gives up. Such a wish is only in the initrd, for the kernel asks for it by itself.
 *   <li>Of all modules behind an alias it loads the one of the last line first. So the lines stand
 *       in the reverse of the kernel's order (modules.order): a disk controller's own driver comes
 *       before the one that takes any controller.
 *   <li>It makes a dash an underscore also between brackets, where one means a range. So a range is
 *       written out: {@code [0123]} for {@code [0-3]}.
 * </ul>
 */
final class BusyboxTables {
  private static final Pattern BRACKETS = Pattern.compile("\\[([^]]*)]");
  private static final Pattern RANGE = Pattern.compile("([0-9A-Za-z])-([0-9A-Za-z])");

  private final KernelModules modules;

  BusyboxTables(KernelModules modules) {
    this.modules = modules;
  }

  /** {@code modules.dep}: the modules are called as they are when they are not compressed. */
  byte[] dependencies(SortedSet<String> chosen) {
    return lines(chosen.stream().map(this::dependencies));
  }

  private String dependencies(String module) {
    List<String> order = new ArrayList<>(modules.inLoadOrder(module));
    order.remove(module);
    Collections.reverse(order);
    return Stream.concat(
            Stream.of(CompressedFile.plainName(module) + ":"),
            order.stream().map(CompressedFile::plainName))
        .collect(Collectors.joining(" "));
  }

  /** {@code modules.alias}. */
  byte[] aliases(SortedSet<String> chosen) {
    Set<String> names = chosen.stream().map(KernelModules::nameOf).collect(Collectors.toSet());
    List<String> lines = new ArrayList<>();
    for (KernelModules.Alias alias : modules.aliases()) {
      if (names.contains(alias.module())) {
        lines.add("alias " + writtenOut(alias.pattern()) + " " + alias.module());
      }
    }
    Collections.reverse(lines);
    return lines(lines.stream());
  }

  private static String writtenOut(String pattern) {
    return BRACKETS
        .matcher(pattern)
        .replaceAll(
            brackets ->
                Matcher.quoteReplacement(
                    "[" + RANGE.matcher(brackets.group(1)).replaceAll(BusyboxTables::each) + "]"));
  }

  private static String each(MatchResult range) {
    StringBuilder all = new StringBuilder();
    for (char each = range.group(1).charAt(0); each <= range.group(2).charAt(0); each++) {
      all.append(each);
    }
    return all.toString();
  }

  private static byte[] lines(Stream<String> lines) {
    return lines
        .map(line -> line + "\n")
        .collect(Collectors.joining())
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
