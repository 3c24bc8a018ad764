package dev.kiln.builder.cli;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.check.CheckProfile;
import dev.kiln.builder.check.Finding;
import dev.kiln.builder.check.Finding.Available;
import dev.kiln.builder.check.Finding.Subject;
import dev.kiln.builder.check.Finding.Unavailable;
import dev.kiln.builder.fetch.Fetcher;
import dev.kiln.builder.fetch.Patience;
import dev.kiln.builder.mirror.ProfileMirrors;
import dev.kiln.builder.progress.Progress;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.KilnException.Kind;
import dev.kiln.failure.Problem;
import dev.kiln.profile.Profile;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code builder check}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description =
        "Asks whether every pin and repository of a profile can be had from here, and where.")
public final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ProfileOptions options;

  @Override
  public Integer call() {
    Profile profile = options.profile();
    Progress progress =
        Progress.open("check=" + profile.name(), Optional.empty(), options.environment());
    List<Finding> findings = check(profile, progress);
    print(findings, spec.commandLine().getOut());
    refuseIfAnyIsUnavailable(findings);
    return 0;
  }

  private List<Finding> check(Profile profile, Progress progress) {
    ProfileMirrors mirrors = options.mirrorsOf(profile);
    Cache cache = new Cache(options.cache());
    try (Fetcher fetcher =
        new Fetcher(cache, progress, options.environment(), Patience.OF_A_QUESTION)) {
      return new CheckProfile(options.families(), fetcher, mirrors, progress, Clock.systemUTC())
          .check(profile, options.zoneOf(profile));
    }
  }

  private static void print(List<Finding> findings, PrintWriter out) {
    String line =
        "%-"
            + longest(findings, Subject::kind)
            + "s  %-"
            + longest(findings, Subject::name)
            + "s  %s%n";
    for (Finding finding : findings) {
      String answer =
          finding instanceof Available available
              ? available.address()
              : "no address answers as it should";
      out.printf(line, finding.subject().kind(), finding.subject().name(), answer);
    }
    out.flush();
  }

  private static int longest(List<Finding> findings, Function<Subject, String> word) {
    return findings.stream()
        .map(finding -> word.apply(finding.subject()).length())
        .max(Integer::compare)
        .orElse(1);
  }

  private static void refuseIfAnyIsUnavailable(List<Finding> findings) {
    List<Problem> problems = new ArrayList<>();
    for (Finding finding : findings) {
      if (finding instanceof Unavailable unavailable) {
        problems.addAll(unavailable.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new KilnException(Kind.DEPENDENCY, problems, null);
    }
  }
}
