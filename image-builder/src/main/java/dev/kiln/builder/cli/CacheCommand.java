package dev.kiln.builder.cli;

import picocli.CommandLine.Command;

/** {@code builder cache}. */
@Command(
    name = "cache",
    mixinStandardHelpOptions = true,
    description = "Looks after the cache: what was fetched and made before.",
    subcommands = {VerifyCacheCommand.class, CleanCacheCommand.class})
public final class CacheCommand {}
