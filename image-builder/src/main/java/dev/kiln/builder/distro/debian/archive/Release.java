package dev.kiln.builder.distro.debian.archive;

import dev.kiln.builder.deb.ControlFile;
import dev.kiln.builder.deb.ControlParagraph;
import dev.kiln.builder.distro.debian.index.PackageOrigin;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a suite's signed Release file says (Debian repository format, "Release" files).
 *
 * @param suite and codename: both are names of the same suite
 * @param date when it was made
 * @param validUntil after which it must not be used; most stable suites say nothing
 * @param components as in the profile, without the {@code updates/} that some archives put before
 *     them here but not in their paths
 * @param byHash whether indexes may be asked for by their digest
 * @param preference apt's number for packages of this suite
 * @param separateAll whether packages for all architectures may stand in an index of their own
 * @param files by path below the suite's directory
 */
record Release(
    String suite,
    String codename,
    String date,
    Optional<String> validUntil,
    List<String> components,
    boolean byHash,
    int preference,
    boolean separateAll,
    Map<String, ReleaseFile> files) {
  /** For a file that is wrong, though its maker signed it. */
  static final String MEND = "Use another mirror, or ask who makes the repository";

  private static final int MOST_FILES = 50_000;
  private static final Pattern FILE_LINE =
      Pattern.compile("([0-9a-fA-F]{64})\\s+([0-9]{1,15})\\s+(\\S+)");

  /**
   * Reads the signed text.
   *
   * @param name what errors call the file
   */
  static Release parse(String name, String text) {
    ControlParagraph paragraph = ControlFile.parseOne(name, text);
    try {
      return new Release(
          paragraph.field("Suite").orElse(""),
          paragraph.field("Codename").orElse(""),
          paragraph.require("Date"),
          paragraph.field("Valid-Until"),
          words(paragraph, "Components").stream()
              .map(component -> component.substring(component.lastIndexOf('/') + 1))
              .toList(),
          paragraph.isYes("Acquire-By-Hash"),
          preference(paragraph),
          supportsAll(words(paragraph, "Architectures"))
              && !words(paragraph, "No-Support-for-Architecture-all").contains("Packages"),
          files(
              paragraph
                  .field("SHA256")
                  .orElseThrow(
                      () ->
                          new IllegalArgumentException(
                              "it lists no SHA256, and no weaker digest counts"))));
    } catch (IllegalArgumentException e) {
      throw KilnException.input(name + ": " + e.getMessage(), MEND);
    }
  }

  Instant made() {
    return ReleaseDate.parse(date);
  }

  Optional<Instant> expires() {
    return validUntil.map(ReleaseDate::parse);
  }

  /** apt_preferences(5), "Determination of the preference by default". */
  private static int preference(ControlParagraph paragraph) {
    if (!paragraph.isYes("NotAutomatic")) {
      return PackageOrigin.ORDINARY;
    }
    return paragraph.isYes("ButAutomaticUpgrades")
        ? PackageOrigin.UPGRADES_ONLY
        : PackageOrigin.NEVER_BY_ITSELF;
  }

  /** As in apt, who names no architecture has them all. */
  private static boolean supportsAll(List<String> architectures) {
    return architectures.contains("all") || architectures.stream().allMatch(String::isEmpty);
  }

  private static List<String> words(ControlParagraph paragraph, String field) {
    return Arrays.asList(paragraph.field(field).orElse("").split("\\s+"));
  }

  private static Digest digest(String hex) {
    return new Digest(hex.toLowerCase(Locale.ROOT));
  }

  private static Map<String, ReleaseFile> files(String field) {
    Map<String, ReleaseFile> files = new TreeMap<>();
    for (String line : field.strip().split("\n", MOST_FILES + 1)) {
      Matcher match = FILE_LINE.matcher(line.strip());
      if (files.size() >= MOST_FILES || !match.matches()) {
        throw new IllegalArgumentException(
            "its SHA256 field is not made of lines 'digest size path', at most " + MOST_FILES);
      }
      String path = match.group(3);
      files.put(
          path, new ReleaseFile(path, Long.parseLong(match.group(2)), digest(match.group(1))));
    }
    return files;
  }
}
