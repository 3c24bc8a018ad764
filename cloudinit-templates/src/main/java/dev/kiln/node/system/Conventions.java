package dev.kiln.node.system;

import dev.kiln.profile.ImagePath;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What differs from distribution to distribution in a node's files: how units, packages and places
 * are called there. A service is recognised by the package that brings it.
 *
 * @param network how its network cards get their addresses
 * @param cni where its packages put network plugins; empty where no package has any
 * @param nfsPackage the package that mounts NFS volumes, and brings rpcbind
 * @param cloudInitPackage the package of cloud-init
 */
public record Conventions(
    Systemd systemd,
    NetworkStyle network,
    TimeZoneName timeZone,
    Chrony chrony,
    Ssh ssh,
    Optional<CniPlugins> cni,
    String nfsPackage,
    String cloudInitPackage) {
  private static final Pattern PACKAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9+._-]{0,127}");

  public Conventions {
    requirePackage(nfsPackage);
    requirePackage(cloudInitPackage);
  }

  /**
   * The init, as far as distributions do not agree on it.
   *
   * @param packageName what makes it the init
   * @param version the oldest that the files are written for: they hold nothing that it does not
   *     know
   * @param units the directory of the units of packages
   * @param programs the directory of its programs, as its own units write it
   * @param masked the units that an image must never start
   */
  public record Systemd(
      String packageName, int version, ImagePath units, String programs, List<String> masked) {
    /** The first version that Kiln writes files for. */
    static final int OLDEST = 219;

    public Systemd {
      requirePackage(packageName);
      if (version < OLDEST) {
        throw new IllegalArgumentException(
            "systemd " + version + " is older than any that files are written for, " + OLDEST);
      }
      // A path, but not one where a layer may put something: it may go through a link.
      if (!programs.matches("(/[a-z0-9-]+)+")) {
        throw new IllegalArgumentException("systemd's programs are in no directory " + programs);
      }
      masked.forEach(Units::name);
      masked = List.copyOf(masked);
    }
  }

  /**
   * Where the time zone's name is kept.
   *
   * @param packageName the package of the IANA database
   * @param file a file that holds the bare name; empty where the link /etc/localtime is all
   */
  public record TimeZoneName(String packageName, Optional<ImagePath> file) {
    public TimeZoneName {
      requirePackage(packageName);
    }
  }

  /**
   * chrony, which sets the clock.
   *
   * @param unit its service
   * @param settings its configuration file
   * @param places the lines of the distribution's own file that say where keys, logs and the like
   *     are
   * @param sources the directory it reads further time servers from; empty before chrony 4.0, whose
   *     servers stand in its configuration
   */
  public record Chrony(
      String packageName,
      String unit,
      ImagePath settings,
      List<String> places,
      Optional<ImagePath> sources) {
    public Chrony {
      requirePackage(packageName);
      Units.name(unit);
      places.forEach(Conventions::requireLine);
      places = List.copyOf(places);
    }
  }

  /**
   * The SSH server.
   *
   * @param unit its service
   * @param settings the file to write: one that its configuration includes, or the configuration
   * @param more the lines of the distribution's own file that must stay where {@code settings}
   *     takes its place
   */
  public record Ssh(String packageName, String unit, ImagePath settings, List<String> more) {
    public Ssh {
      requirePackage(packageName);
      Units.name(unit);
      more.forEach(Conventions::requireLine);
      more = List.copyOf(more);
    }
  }

  /**
   * The distribution's package of CNI plugins.
   *
   * @param directory where it puts them
   */
  public record CniPlugins(String packageName, ImagePath directory) {
    public CniPlugins {
      requirePackage(packageName);
    }
  }

  static void requirePackage(String text) {
    if (!PACKAGE.matcher(text).matches()) {
      throw new IllegalArgumentException("no package can be called '" + text + "'");
    }
  }

  private static void requireLine(String text) {
    if (text.isBlank() || text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a setting is one line, not '" + text + "'");
    }
  }
}
