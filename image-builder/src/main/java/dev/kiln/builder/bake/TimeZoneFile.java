package dev.kiln.builder.bake;

import dev.kiln.builder.packages.PackageFormat;
import dev.kiln.builder.packages.ReadyPackage;
import dev.kiln.failure.KilnException;
import dev.kiln.node.system.Conventions;
import dev.kiln.profile.Profile;
import dev.kiln.profile.Zone;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/**
 * The file of a zone's time in the image. A profile is read by Java's time zones; the image has
 * those of its own packages, which may be others, or none: then it would tell UTC, and say nothing.
 */
final class TimeZoneFile {
  private static final String DIRECTORY = "usr/share/zoneinfo/";

  private final Profile profile;
  private final Zone zone;
  private final Conventions.TimeZoneName convention;

  TimeZoneFile(Profile profile, Zone zone, Conventions conventions) {
    this.profile = profile;
    this.zone = zone;
    this.convention = conventions.timeZone();
  }

  /**
   * Refuses a zone that the packages do not have.
   *
   * @param packages of the os layer
   */
  void requireIn(List<ReadyPackage> packages, PackageFormat format) {
    if (!profile.packages().include().containsKey(convention.packageName())) {
      requireUniversal();
      return;
    }
    List<ReadyPackage> databases =
        packages.stream()
            .filter(each -> each.locked().name().startsWith(convention.packageName()))
            .toList();
    String file = DIRECTORY + zone.timeZone();
    if (!format.times(databases, profile.architecture().toString()).byPath().containsKey(file)) {
      throw KilnException.input(
          named() + " is not known to the image: no file /" + file + " is in its packages",
          "Write another name of it, or add the package that has it, such as "
              + convention.packageName()
              + "-legacy");
    }
  }

  private void requireUniversal() {
    ZoneId time = ZoneId.of(zone.timeZone());
    boolean universal =
        time.getRules().isFixedOffset()
            && time.getRules().getOffset(Instant.EPOCH).equals(ZoneOffset.UTC);
    if (!universal) {
      throw KilnException.input(
          named() + " is not known to an image without a database of time zones",
          "Add the package " + convention.packageName() + ", or write Etc/UTC");
    }
  }

  private String named() {
    return "the time zone '" + zone.timeZone() + "' of the zone '" + zone.name().text() + "'";
  }
}
