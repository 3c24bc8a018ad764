package dev.kiln.builder.cli;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.cache.CleanCache;
import dev.kiln.builder.cache.CleanCache.Cleaned;
import dev.kiln.builder.progress.Amount;
import dev.kiln.builder.progress.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code builder cache clean}. */
@Command(
    name = "clean",
    mixinStandardHelpOptions = true,
    description =
        "Removes from the cache what no bake used for some time, and what earlier versions of"
            + " builder kept elsewhere in it.")
public final class CleanCacheCommand implements Callable<Integer> {
  private final Map<String, String> environment = System.getenv();

  @Spec private CommandSpec spec;
  @Mixin private CacheOption option;

  @Option(
      names = "--older-than",
      required = true,
      paramLabel = "AGE",
      converter = AgeConverter.class,
      description =
          "How long it was not used, such as 30d or 12h. The last use is known to a day: what might"
              + " have been used later stays.")
  private Duration age = Duration.ZERO;

  @Override
  public Integer call() {
    Cache cache = Cache.existing(option.directory(environment));
    Progress progress = Progress.open("cache=clean", Optional.empty(), environment);
    Cleaned cleaned = new CleanCache(cache, progress).clean(age, Instant.now());
    spec.commandLine()
        .getOut()
        .println(
            "removed " + cleaned.items() + " things, " + Amount.of(cleaned.bytes()) + " are free.");
    return 0;
  }
}
