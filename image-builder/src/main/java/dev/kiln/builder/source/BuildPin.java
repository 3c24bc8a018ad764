package dev.kiln.builder.source;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.cache.CacheEntry;
import dev.kiln.builder.cache.Scratch;
import dev.kiln.builder.kit.Kit;
import dev.kiln.builder.progress.Bar;
import dev.kiln.builder.progress.Progress;
import dev.kiln.builder.sandbox.Command;
import dev.kiln.builder.sandbox.Exit;
import dev.kiln.builder.sandbox.Silence;
import dev.kiln.builder.sandbox.Workspace;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import dev.kiln.lock.LockedBuild;
import dev.kiln.lock.LockedSource.GoModules;
import dev.kiln.lock.LockedSource.SourcePackage;
import dev.kiln.profile.Build;
import dev.kiln.profile.Making;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Makes a built pin: brings its inputs, assembles a root with a compiler, compiles in it without
 * network, and keeps the outputs in the cache by the digest of all that went in. Stopped at any
 * point, the next call starts anew and finishes right.
 */
public final class BuildPin {
  private static final String KIND = "built-pin";

  /** Where a build leaves what comes out, in its tree. */
  static final String OUTPUT = "build/output";

  private final Cache cache;
  private final Supplier<Kit> tools;
  private final BuildFormats formats;
  private final Progress progress;

  /**
   * Prepares.
   *
   * @param tools asked only when a build has to run
   */
  public BuildPin(Cache cache, Supplier<Kit> tools, BuildFormats formats, Progress progress) {
    this.cache = cache;
    this.tools = tools;
    this.formats = formats;
    this.progress = progress;
  }

  /**
   * The directory of the outputs by name, not yet checked; built where they are not in the cache.
   * Takes minutes, and some GiB on the cache's disk while it runs.
   *
   * @param inputs asked only when the build has to run
   * @throws KilnException with the end of the build's log, when it fails
   */
  public CacheEntry build(Build wanted, LockedBuild locked, BuildInputs.Supplier inputs) {
    return cache.entry(
        KIND, key(formats, wanted, locked), target -> make(wanted, locked, inputs, target));
  }

  /** Whether the outputs of a build are in the cache, so that none of its inputs is asked for. */
  public static boolean isBuilt(
      Cache cache, BuildFormats formats, Build wanted, LockedBuild locked) {
    return cache.findEntry(KIND, key(formats, wanted, locked)).isPresent();
  }

  private void make(Build wanted, LockedBuild locked, BuildInputs.Supplier inputs, Path target)
      throws IOException {
    BuildInputs here = inputs.bring(locked);
    Kit kit = tools.get();
    try (Scratch scratch = cache.scratch("build");
        Workspace workspace = kit.sandbox().workspaceOnDisk(scratch.path())) {
      BuildSteps steps =
          steps(wanted, locked, here, new PackageBuild.Site(kit, formats, scratch.path()));
      BuildOutputs outputs = new BuildOutputs(wanted.name(), workspace.tree(), OUTPUT);
      progress.step("check-inputs", steps::check);
      progress.step("assemble-build-root", () -> steps.assemble(workspace.tree()));
      progress.step(
          "run-commands",
          () -> run(kit, wanted, steps.command(workspace.tree()), logFile(wanted, locked)));
      progress.step("keep-outputs", () -> outputs.take(steps.outputs(), target));
    }
  }

  private static BuildSteps steps(
      Build wanted, LockedBuild locked, BuildInputs inputs, PackageBuild.Site site) {
    if (wanted.making() instanceof Making.OfPackage made
        && locked.source() instanceof SourcePackage source
        && inputs instanceof BuildInputs.OfPackage here) {
      return new PackageBuild(wanted, made, source, here, site);
    }
    if (wanted.making() instanceof Making.OfModules made
        && locked.source() instanceof GoModules source
        && inputs instanceof BuildInputs.OfModules here) {
      return new ModuleBuild(wanted, made, source, here, site);
    }
    throw KilnException.input(
        "the lock builds '" + wanted.name() + "' of another sort of sources than the profile",
        "Make the lock again: builder lock");
  }

  private void run(Kit kit, Build wanted, Command command, Path file) throws IOException {
    try (BuildLog log = new BuildLog(file);
        Bar bar = progress.bar("log of " + wanted.name(), 0)) {
      Exit exit =
          kit.sandbox()
              .run(
                  command,
                  line -> {
                    log.add(line);
                    bar.advance(line.length());
                  },
                  Silence.telling(progress::note));
      if (exit.status() != 0) {
        throw log.failure(wanted.name(), exit);
      }
    }
  }

  private Path logFile(Build wanted, LockedBuild locked) {
    String key = key(formats, wanted, locked).hex().substring(0, 12);
    return cache.root().resolve("logs").resolve("build-" + wanted.name() + "-" + key + ".log");
  }

  private static Digest key(BuildFormats formats, Build wanted, LockedBuild locked) {
    return BuildKey.of(wanted, locked, formats);
  }
}
