package dev.kiln.builder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.distro.debian.archive.SignedRepository;
import dev.kiln.command.ExitCode;
import dev.kiln.loopback.ReservedPort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Locks that outlive what the mirrors keep. */
class DroppedPackagesIT extends SmallBakeFixture {
  private static final Duration DAY = Duration.ofDays(1);

  private final Instant indexed = Instant.now().minus(DAY).truncatedTo(ChronoUnit.SECONDS);

  @BeforeEach
  void publishAWhileAgo() {
    archive.publishSound("", release -> release.field("Date", SignedRepository.date(indexed)));
  }

  @Test
  void takesWhatTheMirrorDroppedFromTheArchiveOfTheNextDay() throws IOException {
    nameTheArchive();
    lock();
    byte[] dropped = archive.drop(SmallArchive.DEB);
    archive.keep(time(indexed.plus(DAY)), SmallArchive.DEB, dropped);

    BuilderProgram.Ended ended = bake("--locked");

    assertThat(askedForThePackage())
        .containsExactly(
            "GET /debian/" + SmallArchive.DEB,
            "GET /archive/" + time(indexed.plus(DAY)) + "/" + SmallArchive.DEB);
    archive.replace(SmallArchive.DEB, dropped);
    assertGoesAsFarAsASmallArchiveCan(ended);
  }

  @Test
  void takesWhatWasDroppedWithinADayFromTheArchiveOfTheIndexsOwnTime() throws IOException {
    nameTheArchive();
    lock();
    byte[] dropped = archive.drop(SmallArchive.DEB);
    archive.keep(time(indexed), SmallArchive.DEB, dropped);

    BuilderProgram.Ended ended = bake("--locked");

    archive.replace(SmallArchive.DEB, dropped);
    assertGoesAsFarAsASmallArchiveCan(ended);
  }

  @Test
  void namesThePackageAndTheIndexWhereTheArchiveDoesNotHaveItEither() throws IOException {
    nameTheArchive();
    lock();
    archive.drop(SmallArchive.DEB);

    assertRefused(
        bake("--locked"),
        ExitCode.DEPENDENCY,
        "sample 1.0-1, of the index of %s, is at no mirror any more, and the archive does not have it: %s answered 404: it is not there; %s answered 404: it is not there; %s answered 404: it is not there. Lock again: builder lock --update sample."
            .formatted(
                indexed,
                archive.address(SmallArchive.DEB),
                archive.archived(time(indexed.plus(DAY)) + "/" + SmallArchive.DEB),
                archive.archived(time(indexed) + "/" + SmallArchive.DEB)));
  }

  @Test
  void saysThatAnArchiveWouldHelpWhereTheProfileNamesNone() {
    lock();
    archive.drop(SmallArchive.DEB);

    assertRefused(
        bake("--locked"),
        ExitCode.DEPENDENCY,
        "sample 1.0-1, of the index of %s, is at no mirror any more, and the profile names no archive for the repository debian: %s answered 404: it is not there. Lock again: builder lock --update sample, or add 'archive:' to the repository."
            .formatted(indexed, archive.address(SmallArchive.DEB)));
  }

  @Test
  void leavesTheArchiveInPeaceWhereAMirrorIsDown() throws IOException {
    nameTheArchive();
    lock();
    byte[] dropped = archive.drop(SmallArchive.DEB);
    archive.keep(time(indexed), SmallArchive.DEB, dropped);
    try (ReservedPort closed = new ReservedPort()) {
      URI down = closed.address("/debian");
      assertRefused(
          bake("--locked", "--mirror=debian=" + down),
          ExitCode.DEPENDENCY,
          "cannot fetch sample 1.0-1: %s/%s no connection; %s answered 404: it is not there. Try again when those that did not answer do; if it was removed there, lock again."
              .formatted(down, SmallArchive.DEB, archive.address(SmallArchive.DEB)));
    }
    assertThat(archive.requests()).noneMatch(request -> request.contains("/archive/"));
  }

  private void nameTheArchive() throws IOException {
    String mirror = "mirror: " + archive.address("");
    Files.writeString(
        profile,
        Files.readString(profile)
            .replace(mirror, mirror + "\n    archive: " + archive.archived("")));
  }

  private void lock() {
    assertThat(builder.run("lock", "--profile=small.yaml", "--cache=" + cache()).exitCode())
        .isZero();
  }

  private List<String> askedForThePackage() {
    return archive.requests().stream()
        .filter(request -> request.endsWith(SmallArchive.DEB))
        .toList();
  }

  private static String time(Instant instant) {
    return DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'")
        .withZone(ZoneOffset.UTC)
        .format(instant);
  }
}
