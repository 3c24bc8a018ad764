package dev.kiln.builder.fetch;

import dev.kiln.builder.fetch.FailedAttempt.Reason;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.KilnException.Kind;
import dev.kiln.failure.Problem;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What every address of one download had to say, as one problem. */
final class Failures {
  private final String label;
  private final List<String> words = new ArrayList<>();
  private final Set<Reason> reasons = EnumSet.noneOf(Reason.class);
  private final Set<String> variables = new TreeSet<>();

  Failures(String label) {
    this.label = label;
  }

  void add(URI address, FailedAttempt failure) {
    words.add(Addresses.shown(address) + " " + failure.words());
    reasons.add(failure.reason());
    failure.proxy().map(EnvironmentProxy::variable).ifPresent(variables::add);
  }

  /** Whether everybody who was asked answered, and does not have it. */
  boolean allAbsent() {
    return reasons.equals(EnumSet.of(Reason.ABSENT));
  }

  KilnException exception() {
    if (words.isEmpty()) {
      return KilnException.input(label + " has no address", "Name at least one");
    }
    return exception("cannot fetch " + label, mend());
  }

  /** As {@link #exception()}, once the last resort was asked too. */
  KilnException exceptionAfter(LastResort asked) {
    return allAbsent()
        ? exception(asked.loss(), asked.mend())
        : exception("cannot fetch " + label, mend());
  }

  private KilnException exception(String what, String mend) {
    Problem problem = Problem.of(what + ": " + String.join("; ", words), mend);
    Kind kind = reasons.contains(Reason.WRONG_CONTENT) ? Kind.INPUT : Kind.DEPENDENCY;
    return new KilnException(kind, List.of(problem), null);
  }

  private String mend() {
    if (reasons.contains(Reason.WRONG_CONTENT)) {
      return "The bytes were changed at their source or on their way: fetch them from another"
          + " address, or lock again if the change is meant";
    }
    if (!variables.isEmpty()) {
      return "Mend the proxy, or the variable "
          + String.join(" and ", variables)
          + " (http://NAME:PASSWORD@HOST:PORT); no_proxy names the hosts to be asked directly";
    }
    boolean unanswered = reasons.contains(Reason.UNREACHABLE) || reasons.contains(Reason.PASSING);
    if (reasons.contains(Reason.ABSENT) && unanswered) {
      return "Try again when those that did not answer do; if it was removed there, lock again";
    }
    if (reasons.contains(Reason.REFUSED) || reasons.contains(Reason.ABSENT)) {
      return "If it was removed there, lock again; otherwise name another address or --mirror";
    }
    return "Check the network and the variables http_proxy, https_proxy and no_proxy, or name"
        + " another --mirror";
  }
}
