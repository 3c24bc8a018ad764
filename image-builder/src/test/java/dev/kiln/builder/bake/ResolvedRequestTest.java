package dev.kiln.builder.bake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.distro.KnownFamilies;
import dev.kiln.builder.mirror.Mirrors;
import dev.kiln.builder.mirror.ProfileMirrors;
import dev.kiln.builder.output.OutputKind;
import dev.kiln.builder.sandbox.WorkspacePlace;
import dev.kiln.builder.sign.SigningKey;
import dev.kiln.file.InputFiles;
import dev.kiln.profile.Architecture;
import dev.kiln.profile.Profile;
import dev.kiln.profile.ZoneName;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResolvedRequestTest {
  private final Profile profile = KnownFamilies.CATALOG.find("debian12");
  @TempDir private Path directory;

  @Test
  void saysWhatOptionsVariablesAndDefaultsCameTo() {
    SigningKey key = SigningKey.generate();

    List<String> lines =
        lines(
            new BakeRequest(
                profile,
                "debian12",
                profile.zone(new ZoneName("cn")),
                new LockPolicy.AsItIs(Path.of("mine.lock.json")),
                Architecture.AMD64,
                WorkspacePlace.AUTO,
                Set.of(OutputKind.NETBOOT),
                Optional.of(Path.of("out")),
                Optional.of(key),
                new InputFiles()),
            Map.of(
                "one", List.of(URI.create("http://near.example/one"), URI.create("http://far/one")),
                "another", List.of(URI.create("http://far/another"))));

    assertThat(lines)
        .containsExactly(
            "profile: debian12, " + profile.digest(),
            "image: debian bookworm, amd64, zone cn",
            "lock: mine.lock.json, as it is",
            "mirrors: another: http://far/another",
            "mirrors: one: http://near.example/one, http://far/one",
            "kit: for this machine, amd64",
            "cache: " + directory,
            "workspace: in memory where it fits, else on disk",
            "output: netboot in out",
            "signed by: " + key.verifyingKey().id());
  }

  @Test
  void tellsTheKitsRepositoriesFromTheImagesOfThatName() {
    URI own = URI.create("http://own.example/debian");
    URI shared = URI.create("http://far/security");

    List<String> lines =
        lines(
            request(),
            Map.of("debian", List.of(own), "security", List.of(shared)),
            Map.of(
                "debian", List.of(URI.create("http://far/debian")), "security", List.of(shared)));

    assertThat(lines)
        .filteredOn(line -> line.startsWith("mirrors"))
        .containsExactly(
            "mirrors: debian: http://own.example/debian",
            "mirrors: security: http://far/security",
            "mirrors of the kit: debian: http://far/debian");
  }

  @Test
  void showsNoPasswordOfAMirror() {
    List<String> lines =
        lines(
            request(),
            Map.of(
                "debian",
                List.of(
                    URI.create("https://me:secret@mirror.example/debian"),
                    // No host by RFC 2396, which java.net.URI goes by.
                    URI.create("https://me:secret@mirror_of_mine/debian"))));

    assertThat(lines)
        .contains(
            "lock: debian12.lock.json, kept as far as it fits",
            "mirrors: debian: https://mirror.example/debian, https://mirror_of_mine/debian",
            "kit: for this machine, arm64",
            "workspace: on disk",
            "output: netboot in images/debian12-ID",
            "signed by: nobody")
        .noneMatch(line -> line.contains("secret"));
  }

  private BakeRequest request() {
    return new BakeRequest(
        profile,
        "debian12",
        profile.zone(ZoneName.DEFAULT),
        new LockPolicy.Kept(Path.of("debian12.lock.json")),
        Architecture.ARM64,
        WorkspacePlace.DISK,
        Set.of(OutputKind.NETBOOT),
        Optional.empty(),
        Optional.empty(),
        new InputFiles());
  }

  private List<String> lines(BakeRequest request, Map<String, List<URI>> mirrors) {
    return lines(request, mirrors, mirrors);
  }

  private List<String> lines(
      BakeRequest request, Map<String, List<URI>> image, Map<String, List<URI>> kit) {
    ProfileMirrors mirrors =
        new ProfileMirrors(new Mirrors(image, Map.of()), new Mirrors(kit, Map.of()));
    return new ResolvedRequest(request, mirrors, new Cache(directory)).lines();
  }
}
