package dev.kiln.builder.bake;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.fetch.Addresses;
import dev.kiln.builder.mirror.Mirrors;
import dev.kiln.builder.mirror.ProfileMirrors;
import dev.kiln.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is baked, from what and to where, once every option, variable and default was looked at. */
public record ResolvedRequest(BakeRequest request, ProfileMirrors mirrors, Cache cache) {
  /** A line for each thing. Of addresses neither user nor password is shown; a path is. */
  public List<String> lines() {
    Profile profile = request.profile();
    List<String> lines = new ArrayList<>();
    lines.add(line("profile", request.profileName() + ", " + profile.digest()));
    lines.add(
        line(
            "image",
            profile.distribution().name()
                + " "
                + profile.distribution().release()
                + ", "
                + profile.architecture()
                + ", zone "
                + request.zone().name()));
    lines.add(line("lock", request.lock().sentence()));
    names(mirrors.image()).forEach(name -> lines.add(roots("mirrors", name, mirrors.image())));
    lines.add(line("kit", "for this machine, " + request.host()));
    names(mirrors.kit())
        .filter(name -> !mirrors.kitHasTheImages(name))
        .forEach(name -> lines.add(roots("mirrors of the kit", name, mirrors.kit())));
    lines.add(line("cache", cache.root().toString()));
    lines.add(line("workspace", request.workspace().sentence()));
    lines.add(
        line(
            "output",
            given()
                + " in "
                + request
                    .output()
                    .map(Object::toString)
                    .orElse("images/" + profile.name() + "-ID")));
    lines.add(
        line(
            "signed by",
            request.signingKey().map(key -> key.verifyingKey().id().toString()).orElse("nobody")));
    return lines;
  }

  private String given() {
    return request.outputs().stream()
        .map(kind -> kind.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  private static Stream<String> names(Mirrors of) {
    return of.byRepository().keySet().stream().sorted();
  }

  private static String roots(String what, String repository, Mirrors of) {
    return line(
        what,
        repository
            + ": "
            + of.roots(repository).stream()
                .map(Addresses::shown)
                .collect(Collectors.joining(", ")));
  }

  private static String line(String name, String value) {
    return name + ": " + value;
  }
}
