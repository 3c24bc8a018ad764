package dev.kiln.builder.gomod;

import dev.kiln.file.BoundedFile;
import dev.kiln.file.InputFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * This user's settings of Go ({@code go help environment}): variables, and below them what {@code
 * go env -w} wrote.
 */
final class GoSettings {
  private static final int MOST = 1 << 16;

  private final Map<String, Setting> settings = new HashMap<>();

  private GoSettings() {}

  /**
   * A setting.
   *
   * @param from who says so, for messages
   */
  record Setting(String value, String from) {}

  /**
   * Reads them.
   *
   * @param inputs is told of the user's file
   */
  static GoSettings read(Map<String, String> environment, InputFiles inputs) {
    GoSettings read = new GoSettings();
    file(environment).ifPresent(file -> read.addFile(file, inputs));
    environment.forEach((name, value) -> read.add(name, value, name));
    return read;
  }

  /** A setting; empty where nobody made it. */
  Optional<Setting> of(String name) {
    return Optional.ofNullable(settings.get(name));
  }

  /** Lines of NAME=VALUE. */
  private void addFile(Path file, InputFiles inputs) {
    if (!Files.isRegularFile(file)) {
      inputs.missed(file);
      return;
    }
    byte[] content = BoundedFile.read(file, MOST);
    inputs.read(file, content);
    for (String line : new String(content, StandardCharsets.UTF_8).lines().toList()) {
      String[] parts = line.strip().split("=", 2);
      if (parts.length == 2) {
        add(parts[0], parts[1], parts[0] + " in " + file);
      }
    }
  }

  private void add(String name, String value, String from) {
    if (!value.isBlank()) {
      settings.put(name, new Setting(value.strip(), from));
    }
  }

  private static Optional<Path> file(Map<String, String> environment) {
    String named = environment.getOrDefault("GOENV", "");
    if (named.equals("off")) {
      return Optional.empty();
    }
    if (!named.isEmpty()) {
      return Optional.of(Path.of(named));
    }
    return directory(environment).map(all -> all.resolve("go").resolve("env"));
  }

  /** As Go's os.UserConfigDir has it. */
  private static Optional<Path> directory(Map<String, String> environment) {
    return Optional.ofNullable(environment.get("XDG_CONFIG_HOME"))
        .filter(text -> text.startsWith("/"))
        .map(Path::of)
        .or(
            () ->
                Optional.ofNullable(environment.get("HOME"))
                    .filter(text -> !text.isEmpty())
                    .map(home -> Path.of(home).resolve(".config")));
  }
}
