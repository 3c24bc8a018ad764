package dev.kiln.builder.distro.debian.index;

/**
 * Where an index entry comes from.
 *
 * @param repository the profile's name of the repository
 * @param suite such as {@code bookworm-security}
 * @param preference apt's number: 500, or less where the suite asks not to be taken by itself
 */
public record PackageOrigin(String repository, String suite, int preference) {
  /** apt_preferences(5): what a suite without NotAutomatic has. */
  public static final int ORDINARY = 500;

  /** apt_preferences(5): NotAutomatic with ButAutomaticUpgrades, such as backports. */
  public static final int UPGRADES_ONLY = 100;

  /** apt_preferences(5): NotAutomatic, such as experimental. */
  public static final int NEVER_BY_ITSELF = 1;
}
