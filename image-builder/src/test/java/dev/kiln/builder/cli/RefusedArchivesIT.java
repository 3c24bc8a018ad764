package dev.kiln.builder.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.cli.BuilderProgram.Ended;
import dev.kiln.builder.distro.debian.archive.SignedRepository;
import dev.kiln.command.ExitCode;
import dev.kiln.file.Digest;
import dev.kiln.loopback.ReservedPort;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Archives that lie, lag behind, lack something or are not there. */
class RefusedArchivesIT extends SmallBakeFixture {
  private static final String CHANGED =
      "The bytes were changed at their source or on their way: fetch them from another address, or"
          + " lock again if the change is meant.";

  @Test
  void bakesAsFarAsItCanWhereNothingIsWrong() {
    assertGoesAsFarAsASmallArchiveCan(bake());
  }

  @Test
  void refusesAPackageWhoseBytesAreNotTheIndexs() {
    byte[] right = archive.file(SmallArchive.DEB);
    byte[] wrong = right.clone();
    wrong[100] ^= 1;
    archive.replace(SmallArchive.DEB, wrong);

    assertRefused(
        bake(),
        ExitCode.INPUT,
        "cannot fetch sample 1.0-1: %s gives other bytes: %s, not %s. %s"
            .formatted(
                archive.address(SmallArchive.DEB), Digest.of(wrong), Digest.of(right), CHANGED));

    archive.replace(SmallArchive.DEB, right);
    assertGoesAsFarAsASmallArchiveCan(bake());
  }

  @Test
  void refusesATamperedIndex() {
    String tampered = "dists/small/main/binary-amd64/Packages.xz";
    byte[] right = archive.file(tampered);
    String byHash = "dists/small/main/binary-amd64/by-hash/SHA256/" + Digest.of(right).hex();
    archive.replace(tampered, other(right));
    archive.replace(byHash, other(right));

    assertRefused(
        bake(),
        ExitCode.INPUT,
        "cannot fetch %s of debian: %s gives other bytes: %s, not %s; %s gives other bytes: %s, not %s. %s"
            .formatted(
                tampered,
                archive.address(byHash),
                Digest.of(other(right)),
                Digest.of(right),
                archive.address(tampered),
                Digest.of(other(right)),
                Digest.of(right),
                CHANGED));

    archive.publishSound();
    assertGoesAsFarAsASmallArchiveCan(bake());
  }

  @Test
  void refusesATamperedReleaseFile() {
    String signed = new String(archive.file(SmallArchive.IN_RELEASE), UTF_8);
    archive.replace(
        SmallArchive.IN_RELEASE, signed.replace("Origin: Test", "Origin: Evil").getBytes(UTF_8));

    assertRefused(
        bake(),
        ExitCode.INPUT,
        "%s has no good signature by a key of the keyring ./keys.gpg: the signature of key %s does not fit the text. Use another mirror; this one sends a damaged or forged file."
            .formatted(archive.address(SmallArchive.IN_RELEASE), archive.keyId()));

    archive.publishSound();
    assertGoesAsFarAsASmallArchiveCan(bake());
  }

  @Test
  void refusesAnExpiredReleaseFile() {
    String yesterday = SignedRepository.date(Instant.now().minusSeconds(86_400));
    archive.publishSound("", release -> release.field("Valid-Until", yesterday));

    Ended ended = bake();

    assertThat(ended.words())
        .matches(
            "builder: \\Q%s must not be used after %s. Use a mirror that is up to date, or set this machine's clock, which says \\E[0-9TZ:-]{20}\\."
                .formatted(archive.address(SmallArchive.IN_RELEASE), yesterday));
    assertRefused(ended, ExitCode.INPUT, ended.words().substring("builder: ".length()));

    archive.publishSound();
    assertGoesAsFarAsASmallArchiveCan(bake());
  }

  @Test
  void namesAWantedPackageThatIsMissing() throws IOException {
    String right = Files.readString(profile);
    Files.writeString(profile, right.replace("{sample: to try it}", "{samle: to try it}"));

    assertRefused(
        bake(),
        ExitCode.INPUT,
        "the package samle (to try it) is in no repository of the profile. Check its spelling, or"
            + " add a repository or component that has it.");

    Files.writeString(profile, right);
    assertGoesAsFarAsASmallArchiveCan(bake());
  }

  @Test
  void explainsADependencyThatNothingMeets() {
    archive.publishSound("Depends: libwheel (>= 2)\n", UnaryOperator.identity());

    assertRefused(
        bake(),
        ExitCode.INPUT,
        "sample 1.0-1 (to try it) needs libwheel (>= 2): libwheel is in no repository of the profile. Leave out who wants it, or add a repository that has what is missing.");

    archive.publishSound();
    assertGoesAsFarAsASmallArchiveCan(bake());
  }

  @Test
  void saysWhichMirrorsItAskedWhereNoneAnswers() throws IOException {
    String right = Files.readString(profile);
    try (ReservedPort closed = new ReservedPort();
        ReservedPort other = new ReservedPort()) {
      Files.writeString(
          profile, right.replace(archive.address(""), closed.address("/debian") + ""));
      String failed =
          "cannot fetch dists/small/InRelease: %s no connection. Check the network and the variables http_proxy, https_proxy and no_proxy, or name another --mirror.";

      assertRefused(
          bake("--mirror=debian=" + other.address("/debian")),
          ExitCode.DEPENDENCY,
          "none of the 2 mirrors of the repository debian gives a good dists/small/InRelease. Name another one: --mirror debian=URL.",
          failed.formatted(other.address("/debian/dists/small/InRelease")),
          failed.formatted(closed.address("/debian/dists/small/InRelease")));
    }

    Files.writeString(profile, right);
    assertGoesAsFarAsASmallArchiveCan(bake());
  }

  @Test
  void takesTheNextMirrorWhereOneDoesNotAnswer() throws IOException {
    try (ReservedPort closed = new ReservedPort()) {
      assertGoesAsFarAsASmallArchiveCan(bake("--mirror=debian=" + closed.address("/debian")));
    }
  }

  private static byte[] other(byte[] bytes) {
    byte[] other = bytes.clone();
    other[other.length / 2] ^= 1;
    return other;
  }
}
