package dev.kiln.builder.kernel;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a kernel was built with: the {@code .config} of its build (kbuild/kconfig). */
final class KernelConfig {
  /** Bytes; a distribution's has some 300,000. */
  static final int MOST = 8 << 20;

  private static final Pattern LINE =
      Pattern.compile("(?m)^(?:(CONFIG_\\w+)=(.*)|# (CONFIG_\\w+) is not set)$");

  private final Map<String, String> values = new HashMap<>();

  private KernelConfig() {}

  static KernelConfig parse(byte[] content) {
    KernelConfig config = new KernelConfig();
    Matcher line = LINE.matcher(new String(content, StandardCharsets.ISO_8859_1));
    while (line.find()) {
      if (line.group(1) != null) {
        config.values.put(line.group(1), line.group(2));
      } else {
        config.values.put(line.group(3), "n");
      }
    }
    return config;
  }

  /** Whether an option is built in, or a module. */
  boolean has(String option) {
    String value = values.getOrDefault(option, "n");
    return value.equals("y") || value.equals("m");
  }

  /** Whether the kernel's source has such an option at all. */
  boolean knows(String option) {
    return values.containsKey(option);
  }
}
