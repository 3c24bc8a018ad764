package dev.kiln.builder.check;

import dev.kiln.failure.Problem;
import java.util.List;

/** What was found out about one thing that a profile names. */
public sealed interface Finding {
  Subject subject();

  /**
   * Something that a profile names.
   *
   * @param kind {@code pin}, {@code module}, {@code repository}, or {@code kit} for a repository of
   *     the kit alone
   * @param name with its version or suite
   */
  record Subject(String kind, String name) {}

  /**
   * It can be had.
   *
   * @param address the first that answers, as it is shown
   */
  record Available(Subject subject, String address) implements Finding {}

  /**
   * It cannot be had.
   *
   * @param problems what every address had to say
   */
  record Unavailable(Subject subject, List<Problem> problems) implements Finding {
    public Unavailable {
      problems = List.copyOf(problems);
    }
  }
}
