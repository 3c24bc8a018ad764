package dev.kiln.builder.initrd;

import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which programs a script of the initrd calls: the words where a shell expects a command. */
final class CalledPrograms {
  /** What holds no command: comments, numbers, plain strings, and the labels of a case. */
  private static final Pattern NO_COMMAND =
      Pattern.compile(
          "(?:^|\\s)#.*|\\$\\(\\([^)]*\\)\\)|'[^']*'|\"(?:(?!\\$\\()[^\"])*\"|^\\s*[\\w.*| =:-]+\\)");

  private static final Pattern COMMAND =
      Pattern.compile(
          "(?:^|[;&|(!{]|/bin/busybox)\\s*"
              + "(?:(?:then|do|else|until|while|if|exec)\\s+)*([a-z][a-z0-9_-]*)(?=\\s|\\)|$)");

  private static final Pattern FUNCTION = Pattern.compile("(?m)^([a-z_0-9]+)\\(\\) \\{");
  private static final Pattern OF_THE_SHELL =
      Pattern.compile(
          "case|esac|for|if|elif|fi|while|until|do|done|then|else|in|read|echo|exec|exit|return|set"
              + "|ulimit|export|break|continue|cd|true|false|test");

  private CalledPrograms() {}

  static SortedSet<String> of(String script) {
    SortedSet<String> called = new TreeSet<>();
    for (String line : script.split("\n")) {
      String code = NO_COMMAND.matcher(line).replaceAll(" 0 ");
      Matcher command = COMMAND.matcher(code.replaceAll("timeout +0", "timeout ;"));
      while (command.find()) {
        called.add(command.group(1));
      }
    }
    FUNCTION.matcher(script).results().forEach(function -> called.remove(function.group(1)));
    called.removeIf(word -> OF_THE_SHELL.matcher(word).matches());
    return called;
  }
}
