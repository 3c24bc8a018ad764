package dev.kiln.builder.bake;

import dev.kiln.builder.packages.PackageFormat;
import dev.kiln.builder.packages.ReadyPackage;
import dev.kiln.failure.KilnException;
import dev.kiln.node.system.Conventions;
import dev.kiln.profile.Profile;
import dev.kiln.profile.Zone;
import java.util.List;
import java.util.Set;

/**
 * The file of a zone's time in the image. It has the zones of its own packages, whatever others
 * know; with a zone that it lacks it would tell UTC, and say nothing.
 */
final class TimeZoneFile {
  private static final String DIRECTORY = "usr/share/zoneinfo/";

  /** The names of UTC in the IANA time zone database ({@code etcetera}, {@code backward}). */
  private static final Set<String> UNIVERSAL =
      Set.of("UTC", "UCT", "Universal", "Zulu", "GMT", "GMT0", "GMT+0", "GMT-0", "Greenwich");

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
    if (!UNIVERSAL.contains(zone.timeZone().replaceFirst("^Etc/", ""))) {
      throw KilnException.input(
          named() + " is not known to an image without a database of time zones",
          "Add the package " + convention.packageName() + ", or write Etc/UTC");
    }
  }

  private String named() {
    return "the time zone '" + zone.timeZone() + "' of the zone '" + zone.name().text() + "'";
  }
}
