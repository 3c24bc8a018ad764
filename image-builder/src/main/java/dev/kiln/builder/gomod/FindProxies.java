package dev.kiln.builder.gomod;

import dev.kiln.failure.KilnException;
import dev.kiln.file.BoundedFile;
import dev.kiln.file.InputFiles;
import dev.kiln.profile.Making;
import dev.kiln.profile.Profile;
import dev.kiln.profile.Zone;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds this machine's Go module proxies: those of {@code GOPROXY}, those that {@code go env -w}
 * wrote for this user, the zone's, and the public default.
 */
public final class FindProxies {
  private static final URI PUBLIC = URI.create("https://proxy.golang.org");

  private static final String VARIABLE = "GOPROXY";
  private static final int MOST = 1 << 16;

  private final Map<String, String> environment;
  private final InputFiles inputs;

  /**
   * Prepares.
   *
   * @param inputs is told of the user's file
   */
  public FindProxies(Map<String, String> environment, InputFiles inputs) {
    this.environment = Map.copyOf(environment);
    this.inputs = inputs;
  }

  /** The proxies of whoever named some first; none where the profile builds no modules. */
  public ModuleProxies find(Profile profile, Zone zone) {
    return profile.builds().values().stream()
            .anyMatch(build -> build.making() instanceof Making.OfModules)
        ? find(zone)
        : ModuleProxies.NONE;
  }

  private ModuleProxies find(Zone zone) {
    return ofVariable()
        .or(this::ofUser)
        .orElseGet(
            () ->
                new ModuleProxies(
                    zone.goProxies().isEmpty()
                        ? List.of(new ModuleProxies.Proxy(PUBLIC, false))
                        : zone.goProxies().stream()
                            .map(root -> new ModuleProxies.Proxy(withoutSlash(root), true))
                            .toList(),
                    "the zone " + zone.name()));
  }

  private Optional<ModuleProxies> ofVariable() {
    return Optional.ofNullable(environment.get(VARIABLE))
        .filter(text -> !text.isBlank())
        .map(text -> ModuleProxies.parse(text, VARIABLE));
  }

  /** Go's own file of settings (go help environment): lines of NAME=VALUE. */
  private Optional<ModuleProxies> ofUser() {
    Optional<Path> file = settings();
    if (file.isEmpty()) {
      return Optional.empty();
    }
    if (!Files.isRegularFile(file.get())) {
      inputs.missed(file.get());
      return Optional.empty();
    }
    byte[] content = BoundedFile.read(file.get(), MOST);
    inputs.read(file.get(), content);
    return new String(content, StandardCharsets.UTF_8)
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith(VARIABLE + "="))
        .map(line -> line.substring(VARIABLE.length() + 1))
        .filter(text -> !text.isBlank())
        .reduce((first, last) -> last)
        .map(text -> ModuleProxies.parse(text, VARIABLE + " in " + file.get()));
  }

  private Optional<Path> settings() {
    String named = environment.getOrDefault("GOENV", "");
    if (named.equals("off")) {
      return Optional.empty();
    }
    if (!named.isEmpty()) {
      return Optional.of(Path.of(named));
    }
    return directory().map(configuration -> configuration.resolve("go").resolve("env"));
  }

  /** As Go's os.UserConfigDir has it. */
  private Optional<Path> directory() {
    return Optional.ofNullable(environment.get("XDG_CONFIG_HOME"))
        .filter(text -> text.startsWith("/"))
        .map(Path::of)
        .or(
            () ->
                Optional.ofNullable(environment.get("HOME"))
                    .filter(text -> !text.isEmpty())
                    .map(home -> Path.of(home).resolve(".config")));
  }

  private static URI withoutSlash(URI root) {
    try {
      return URI.create(root.toString().replaceAll("/+$", ""));
    } catch (IllegalArgumentException e) {
      throw KilnException.input("'" + root + "' is no address of a Go module proxy", "Mend it");
    }
  }
}
