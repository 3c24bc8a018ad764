package dev.kiln.builder.gomod;

import dev.kiln.failure.KilnException;
import dev.kiln.file.InputFiles;
import dev.kiln.profile.Making;
import dev.kiln.profile.Profile;
import dev.kiln.profile.Zone;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Finds this machine's Go module proxies: those of {@code GOPROXY}, those that {@code go env -w}
 * wrote for this user, the zone's, and the public default; and which checksum database is asked.
 */
public final class FindProxies {
  private static final URI PUBLIC = URI.create("https://proxy.golang.org");

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
    GoSettings settings = GoSettings.read(environment, inputs);
    return settings
        .of("GOPROXY")
        .map(setting -> ModuleProxies.parse(setting.value(), setting.from()))
        .orElseGet(() -> ofZone(zone))
        .checkedBy(ChecksumSettings.of(settings));
  }

  private static ModuleProxies ofZone(Zone zone) {
    return new ModuleProxies(
        zone.goProxies().isEmpty()
            ? List.of(new ModuleProxies.Proxy(PUBLIC, false))
            : zone.goProxies().stream()
                .map(root -> new ModuleProxies.Proxy(withoutSlash(root), true))
                .toList(),
        "the zone " + zone.name());
  }

  private static URI withoutSlash(URI root) {
    try {
      return URI.create(root.toString().replaceAll("/+$", ""));
    } catch (IllegalArgumentException e) {
      throw KilnException.input("'" + root + "' is no address of a Go module proxy", "Mend it");
    }
  }
}
