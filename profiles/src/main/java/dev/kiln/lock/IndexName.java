package dev.kiln.lock;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.kiln.document.UtcTime;
import dev.kiln.failure.Shown;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of one generation of one index: {@code debian/bookworm@2026-11-20T08:12:44Z}.
 *
 * @param repository the profile's name of the repository
 * @param suite such as {@code bookworm-security}, or {@code ./}, a directory of a flat repository;
 *     empty where a repository has no suites
 * @param time when the index was made
 */
public record IndexName(String repository, String suite, UtcTime time) {
  private static final Pattern TEXT =
      Pattern.compile(
          "([a-z0-9][a-z0-9.-]*)(?:/(/|\\./|(?:\\./)?[A-Za-z0-9][A-Za-z0-9.+~_/-]*))?@(\\S+)");

  public IndexName {
    if (!TEXT.matcher(text(repository, suite, time)).matches()) {
      throw new IllegalArgumentException(
          "'" + Shown.of(text(repository, suite, time)) + "' is not the name of an index");
    }
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException with a sentence
   */
  @JsonCreator
  public static IndexName parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'"
              + Shown.of(text)
              + "' is not the name of an index: it is written REPOSITORY/SUITE@TIME");
    }
    String suite = matcher.group(2);
    return new IndexName(
        matcher.group(1), suite == null ? "" : suite, UtcTime.parse(matcher.group(3)));
  }

  /** Whether it is a generation of this repository's index of this suite. */
  public boolean isOf(String ofRepository, String ofSuite) {
    return repository.equals(ofRepository) && suite.equals(ofSuite);
  }

  private static String text(String repository, String suite, UtcTime time) {
    return repository + (suite.isEmpty() ? "" : "/" + suite) + "@" + time;
  }

  @JsonValue
  @Override
  public String toString() {
    return text(repository, suite, time);
  }
}
