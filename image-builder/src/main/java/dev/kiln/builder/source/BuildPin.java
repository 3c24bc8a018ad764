package dev.kiln.builder.source;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.cache.CacheEntry;
import dev.kiln.builder.cache.Scratch;
import dev.kiln.builder.kit.Kit;
import dev.kiln.builder.progress.Bar;
import dev.kiln.builder.progress.Progress;
import dev.kiln.builder.sandbox.Bind;
import dev.kiln.builder.sandbox.Command;
import dev.kiln.builder.sandbox.Exit;
import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.builder.sandbox.Silence;
import dev.kiln.builder.sandbox.Workspace;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import dev.kiln.file.Resource;
import dev.kiln.lock.LockedBuild;
import dev.kiln.lock.LockedSource.SourceFile;
import dev.kiln.profile.Build;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Makes a built pin: fetches its inputs, assembles a root of the toolchain's packages, runs the
 * profile's commands in it without network, and keeps the outputs in the cache by the digest of all
 * that went in. Stopped at any point, the next call starts anew and finishes right.
 *
 * <p>The toolchain's packages are unpacked, not installed: a compiler needs no maintainer script,
 * and without them the root is the same bytes everywhere.
 */
public final class BuildPin {
  private static final String KIND = "built-pin";

  /** Where a build leaves what comes out, in its tree. */
  private static final String OUTPUT = "build/output";

  private static final String SCRIPT = Resource.text(BuildPin.class, "build.sh");

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
    return cache.entry(KIND, key(wanted, locked), target -> make(wanted, locked, inputs, target));
  }

  /** Whether the outputs of a build are in the cache, so that none of its inputs is asked for. */
  public static boolean isBuilt(
      Cache cache, SourceFormat sources, Build wanted, LockedBuild locked) {
    return cache.findEntry(KIND, key(sources, wanted, locked)).isPresent();
  }

  private void make(Build wanted, LockedBuild locked, BuildInputs.Supplier inputs, Path target)
      throws IOException {
    BuildInputs here = inputs.bring(locked);
    Kit kit = tools.get();
    try (Scratch scratch = cache.scratch("build");
        Workspace workspace = kit.sandbox().workspaceOnDisk(scratch.path())) {
      Bind scripts = scripts(wanted, locked, scratch);
      BuildRoot root = new BuildRoot(kit, formats, workspace.tree());
      BuildOutputs outputs = new BuildOutputs(wanted.name(), workspace.tree(), OUTPUT);
      progress.step("check-inputs", here::check);
      progress.step("check-source", () -> checkSource(wanted, locked, here));
      progress.step("assemble-build-root", () -> root.assemble(wanted.name(), here.toolchain()));
      progress.step(
          "run-commands",
          () ->
              runCommands(
                  kit,
                  wanted,
                  command(root.tree(), wanted, locked, here).with(scripts),
                  logFile(wanted, locked)));
      progress.step("keep-outputs", () -> outputs.take(wanted.outputs().keySet(), target));
    }
  }

  private void checkSource(Build wanted, LockedBuild locked, BuildInputs here) {
    locked
        .source()
        .map(
            source -> {
              formats.sources().check(wanted, source, here.source());
              return source;
            });
  }

  /** Kiln's own files are shown to the build, not written into its tree. */
  private Bind scripts(Build wanted, LockedBuild locked, Scratch scratch) throws IOException {
    Path directory = Files.createDirectory(scratch.path().resolve("scripts"));
    Files.writeString(directory.resolve("build.sh"), SCRIPT);
    Files.writeString(directory.resolve("unpack.sh"), unpacking(formats.sources(), locked));
    Files.writeString(directory.resolve("commands"), wanted.commands());
    return Bind.readOnly(directory, "/run/build");
  }

  private Command command(ImageTree tree, Build wanted, LockedBuild locked, BuildInputs here) {
    Command command = Command.in(tree, "/bin/sh", "/run/build/build.sh");
    for (Map.Entry<String, String> variable : environment(wanted).entrySet()) {
      command = command.with(variable.getKey(), variable.getValue());
    }
    List<String> names = fileNames(locked);
    for (int i = 0; i < names.size(); i++) {
      command =
          command.with(Bind.readOnly(here.source().get(i).path(), "/run/source/" + names.get(i)));
    }
    return command;
  }

  private static String unpacking(SourceFormat sources, LockedBuild locked) {
    return locked.source().map(source -> sources.unpacking());
  }

  private static List<String> fileNames(LockedBuild locked) {
    return locked
        .source()
        .map(source -> source.files().stream().map(SourceFile::fileName).toList());
  }

  private void runCommands(Kit kit, Build wanted, Command command, Path file) throws IOException {
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
    String key = key(wanted, locked).hex().substring(0, 12);
    return cache.root().resolve("logs").resolve("build-" + wanted.name() + "-" + key + ".log");
  }

  /** What commands find besides the sandbox's fixed path and time zone. */
  private static Map<String, String> environment(Build wanted) {
    return Map.of(
        "LC_ALL", "C", // the one locale that needs no files
        "HOME", "/build",
        "TMPDIR", "/build/tmp", // on disk: /tmp of a sandbox is memory
        "OUTPUT", "/" + OUTPUT,
        "VERSION", wanted.version());
  }

  private Digest key(Build wanted, LockedBuild locked) {
    return key(formats.sources(), wanted, locked);
  }

  private static Digest key(SourceFormat sources, Build wanted, LockedBuild locked) {
    return BuildKey.of(wanted, locked, SCRIPT + unpacking(sources, locked), environment(wanted));
  }
}
