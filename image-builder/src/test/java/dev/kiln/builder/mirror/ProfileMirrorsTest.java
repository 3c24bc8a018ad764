package dev.kiln.builder.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.builder.distro.KnownFamilies;
import dev.kiln.file.InputFiles;
import dev.kiln.profile.Profile;
import dev.kiln.profile.Repository;
import dev.kiln.profile.ZoneName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileMirrorsTest {
  private final Profile profile = KnownFamilies.CATALOG.find("debian12");
  @TempDir private Path directory;
  private Path apt;
  private Path userFile;

  @BeforeEach
  void makeDirectories() throws IOException {
    apt = directory.resolve("apt");
    Files.createDirectories(apt.resolve("sources.list.d"));
    userFile = directory.resolve("mirrors.yaml");
  }

  @Test
  void asksTheOptionThenTheUserThenTheZoneThenTheHostThenTheProfile() throws IOException {
    Files.writeString(userFile, "mirrors:\n  debian: [http://user.example/debian/]\n");
    Files.writeString(
        apt.resolve("sources.list"), "deb [arch=amd64] http://host.example/debian bookworm main\n");

    Mirrors mirrors =
        choose("cn", List.of(MirrorOption.parse("debian=http://option.example/debian")));

    List<URI> roots = mirrors.roots("debian");
    assertThat(roots).hasSize(5);
    assertThat(roots.get(0)).hasToString("http://option.example/debian");
    assertThat(roots.get(1)).hasToString("http://user.example/debian");
    assertThat(roots.get(2)).isEqualTo(profile.zone(new ZoneName("cn")).mirrors().get("debian"));
    assertThat(roots.get(3)).hasToString("http://host.example/debian");
    assertThat(roots.get(4)).isEqualTo(publicDefault());
  }

  @Test
  void readsTheHostsDeb822Sources() throws IOException {
    Files.writeString(
        apt.resolve("sources.list.d/debian.sources"),
        """
        Types: deb deb-src
        # a comment
        URIs: http://host.example/debian
        Suites: bookworm bookworm-updates
        Components: main

        Types: deb
        URIs: http://host.example/debian-security
        Suites: bookworm-security
        Components: main
        """);

    Mirrors mirrors = choose("default", List.of());

    assertThat(mirrors.roots("debian").get(0)).hasToString("http://host.example/debian");
    assertThat(mirrors.roots("debian-security").get(0))
        .hasToString("http://host.example/debian-security");
  }

  @Test
  void leavesOutOtherReleasesOtherPublishersAndDisabledSources() throws IOException {
    Files.writeString(
        apt.resolve("sources.list"),
        """
        deb http://host.example/debian trixie main
        # deb http://commented.example/debian bookworm main
        deb http://vendor.example/linux/debian bookworm stable
        deb http://vendor.example/packages bookworm main
        deb-src http://host.example/debian bookworm main
        deb cdrom:[Debian]/ bookworm main
        """);
    Files.writeString(
        apt.resolve("sources.list.d/off.sources"),
        "Types: deb\nEnabled: no\nURIs: http://off.example/debian\nSuites: bookworm\nComponents: main\n");
    Files.writeString(
        apt.resolve("sources.list.d/old.list.save"),
        "deb http://old.example/debian bookworm main\n");

    assertThat(choose("default", List.of()).roots("debian")).containsExactly(publicDefault());
  }

  @Test
  void refusesAMirrorOfARepositoryThatTheProfileDoesNotHave() {
    assertThatThrownBy(
            () -> choose("default", List.of(MirrorOption.parse("debain=http://a.example/debian"))))
        .hasMessageContaining("--mirror names the repository 'debain'")
        .hasMessageContaining("Take one of debian, debian-security");
  }

  @Test
  void takesAHostThatHasEveryRepositoryUnderItsUsualName() {
    for (String option : List.of("http://near.example", "http://near.example/debian/")) {
      Mirrors mirrors = choose("default", List.of(MirrorOption.parse(option)));

      assertThat(mirrors.roots("debian").get(0)).hasToString("http://near.example/debian");
      assertThat(mirrors.roots("debian-security").get(0))
          .hasToString("http://near.example/debian-security");
    }
  }

  @Test
  void namesTheLineOfTheUsersFileThatIsWrong() throws IOException {
    Files.writeString(userFile, "mirrors:\n  debian: [ftp://a.example/debian]\n");

    assertThatThrownBy(() -> choose("default", List.of()))
        .hasMessageContaining(
            "mirrors.yaml:2: 'ftp://a.example/debian' is not where a mirror lies");
  }

  @Test
  void escapesThePlusOfPackageNamesAsAptDoes() {
    assertThat(
            choose("default", List.of())
                .of("debian", "pool/main/g/g++/g++_1~2+b1_amd64.deb")
                .get(0)
                .toString())
        .endsWith("/pool/main/g/g%2B%2B/g%2B%2B_1~2%2Bb1_amd64.deb");
  }

  @Test
  void asksTheArchiveForTheDayAfterTheIndexAndThenForItsOwnTime() {
    assertThat(
            choose("cn", List.of())
                .archived(
                    "debian-security",
                    "pool/main/g/g++/g++_1~2+b1_amd64.deb",
                    Instant.parse("2026-12-31T08:12:44Z")))
        .containsExactly(
            URI.create(
                "https://snapshot.debian.org/archive/debian-security/20270101T081244Z/pool/main/g/g%2B%2B/g%2B%2B_1~2%2Bb1_amd64.deb"),
            URI.create(
                "https://snapshot.debian.org/archive/debian-security/20261231T081244Z/pool/main/g/g%2B%2B/g%2B%2B_1~2%2Bb1_amd64.deb"));
  }

  @Test
  void asksOnlyTheImagesOwnMirrorForTheImageWhereTheKitHasARepositoryOfThatName()
      throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("own.yaml"),
            """
            name: own
            extends: debian12
            repositories:
              debian: {mirror: "http://own.example/debian", archive: null}
            """);
    Profile own = KnownFamilies.CATALOG.find(file.toString());

    ProfileMirrors mirrors = choose(own, "default", List.of());

    assertThat(mirrors.image().roots("debian"))
        .containsExactly(URI.create("http://own.example/debian"));
    assertThat(mirrors.image().archived("debian", "pool/a.deb", Instant.EPOCH)).isEmpty();
    assertThat(mirrors.kit().roots("debian")).containsExactly(publicDefault());
    assertThat(mirrors.kit().archived("debian", "pool/a.deb", Instant.EPOCH)).hasSize(2);
    assertThat(mirrors.together()).isEmpty();
  }

  @Test
  void knowsThatTheCatalogsKitComesFromWhereTheImageComesFrom() {
    ProfileMirrors mirrors = choose(profile, "cn", List.of());

    assertThat(mirrors.together()).contains(mirrors.image());
  }

  private URI publicDefault() {
    return Objects.requireNonNull(profile.repositories().get("debian")).mirror();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "debian=http://me:secret@apt_cache/debian",
        "Debian=https://me:secret@mirror.example/debian",
        "debian=https://me:secret@mirror.example/%zz",
        "file:///"
      })
  void refusesAnOptionThatIsNoMirrorAndShowsNoPassword(String option) {
    assertThatThrownBy(() -> MirrorOption.parse(option))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mirror")
        .hasMessageNotContaining("secret");
  }

  @Test
  void passesOverWhatAptReadsAndNoMirrorIs() throws IOException {
    Files.writeString(
        apt.resolve("sources.list"),
        """
        deb file:/// bookworm main
        deb http:// bookworm main
        deb http://host/%zz bookworm main
        deb cdrom:[Debian]/ bookworm main
        deb http://host.example/debian bookworm main
        """);

    assertThat(choose("default", List.of()).roots("debian"))
        .containsExactly(URI.create("http://host.example/debian"), publicDefault());
  }

  private Mirrors choose(String zone, List<MirrorOption> options) {
    return choose(profile, zone, options).image();
  }

  private ProfileMirrors choose(Profile profile, String zone, List<MirrorOption> options) {
    return ProfileMirrors.choose(
        profile, profile.zone(new ZoneName(zone)), options, userFile, new InputFiles(), this::host);
  }

  private List<URI> host(Repository repository) {
    return KnownFamilies.DEBIAN.hostMirrors(directory, repository);
  }
}
