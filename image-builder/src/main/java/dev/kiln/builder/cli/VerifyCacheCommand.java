package dev.kiln.builder.cli;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.cache.VerifyCache;
import dev.kiln.builder.cache.VerifyCache.Verified;
import dev.kiln.builder.progress.Amount;
import dev.kiln.builder.progress.Progress;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code builder cache verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description =
        "Reads everything in the cache and compares it with what came in. What is broken is named"
            + " and dropped, so that the next bake makes it again; then this ends with 3.")
public final class VerifyCacheCommand implements Callable<Integer> {
  private final Map<String, String> environment = System.getenv();

  @Spec private CommandSpec spec;
  @Mixin private CacheOption option;

  @Override
  public Integer call() {
    Cache cache = Cache.existing(option.directory(environment));
    Progress progress = Progress.open("cache=verify", Optional.empty(), environment);
    Verified verified = new VerifyCache(cache, progress).verify();
    if (!verified.broken().isEmpty()) {
      throw new KilnException(
          KilnException.Kind.INPUT,
          verified.broken().stream()
              .map(what -> Problem.of(what, "It was dropped: the next bake makes it again"))
              .toList(),
          null);
    }
    spec.commandLine()
        .getOut()
        .println(
            verified.items()
                + " blobs and entries, "
                + Amount.of(verified.bytes())
                + ", are what they were when they came in.");
    return 0;
  }
}
