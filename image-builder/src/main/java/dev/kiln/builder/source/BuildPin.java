package dev.kiln.builder.source;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.cache.CacheEntry;
import dev.kiln.builder.cache.CachedFile;
import dev.kiln.builder.cache.Scratch;
import dev.kiln.builder.kit.Kit;
import dev.kiln.builder.progress.Bar;
import dev.kiln.builder.progress.Progress;
import dev.kiln.builder.sandbox.Bind;
import dev.kiln.builder.sandbox.Command;
import dev.kiln.builder.sandbox.Exit;
import dev.kiln.builder.sandbox.Workspace;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import dev.kiln.lock.LockedBuild;
import dev.kiln.lock.LockedSource.SourcePackage;
import dev.kiln.profile.Build;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

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
  private static final String SCRIPT = resource("build.sh");

  private final Cache cache;
  private final Kit kit;
  private final Progress progress;

  public BuildPin(Cache cache, Kit kit, Progress progress) {
    this.cache = cache;
    this.kit = kit;
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

  private void make(Build wanted, LockedBuild locked, BuildInputs.Supplier inputs, Path target)
      throws IOException {
    BuildInputs here = inputs.bring(locked);
    try (Scratch scratch = cache.scratch("build-" + wanted.name());
        Workspace workspace =
            kit.sandbox().workspaceOnDisk(Files.createDirectory(scratch.path().resolve("root")))) {
      BuildRoot root =
          new BuildRoot(kit, workspace.tree(), scratch.path().resolve("root").resolve("build"));
      SourceCheck sources = new SourceCheck(wanted, locked);
      BuildOutputs outputs = new BuildOutputs(wanted.name(), root.directory().resolve("output"));
      progress.step("check-inputs", here::check);
      progress.step("check-source", () -> sources.check(here.source().get(0).path()));
      progress.step(
          "assemble-build-root",
          () -> root.assemble(locked, here.toolchain().stream().map(CachedFile::path).toList()));
      progress.step(
          "run-commands",
          () -> runCommands(wanted, command(wanted, locked, here, root), logFile(wanted, locked)));
      progress.step("keep-outputs", () -> outputs.take(wanted.outputs().keySet(), target));
    }
  }

  private static Command command(Build wanted, LockedBuild locked, BuildInputs here, BuildRoot root)
      throws IOException {
    Files.writeString(root.directory().resolve("build.sh"), SCRIPT);
    Files.writeString(root.directory().resolve("commands"), wanted.commands());
    Command command = Command.in(root.tree(), "/bin/sh", "/build/build.sh");
    for (Map.Entry<String, String> variable : environment(wanted).entrySet()) {
      command = command.with(variable.getKey(), variable.getValue());
    }
    for (int i = 0; i < here.source().size(); i++) {
      String name = sourceOf(locked).files().get(i).fileName();
      command = command.with(Bind.readOnly(here.source().get(i).path(), "/run/source/" + name));
    }
    return command;
  }

  private void runCommands(Build wanted, Command command, Path file) throws IOException {
    try (BuildLog log = new BuildLog(file);
        Bar bar = progress.bar("log of " + wanted.name(), 0)) {
      Exit exit =
          kit.sandbox()
              .run(
                  command,
                  in -> {},
                  line -> {
                    log.add(line);
                    bar.advance(line.length());
                  });
      if (exit.status() != 0) {
        throw log.failure(wanted.name(), exit.status());
      }
    }
  }

  private Path logFile(Build wanted, LockedBuild locked) {
    String key = key(wanted, locked).hex().substring(0, 12);
    return cache.root().resolve("logs").resolve("build-" + wanted.name() + "-" + key + ".log");
  }

  /** The sort of source that this class builds from. */
  static SourcePackage sourceOf(LockedBuild locked) {
    if (locked.source() instanceof SourcePackage source) {
      return source;
    }
    throw KilnException.unsupported(
        "the build '" + locked.name() + "' is of a sort of source that this program cannot build",
        "Use a newer builder");
  }

  /** What commands find besides the sandbox's fixed path and time zone. */
  private static Map<String, String> environment(Build wanted) {
    return Map.of(
        "LC_ALL", "C", // the one locale that needs no files
        "HOME", "/build",
        "TMPDIR", "/build/tmp", // on disk: /tmp of a sandbox is memory
        "OUTPUT", "/build/output",
        "VERSION", wanted.version());
  }

  private static Digest key(Build wanted, LockedBuild locked) {
    return BuildKey.of(wanted, locked, SCRIPT, environment(wanted));
  }

  private static String resource(String name) {
    try (InputStream in = BuildPin.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the jar is damaged: " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the jar is damaged", e);
    }
  }
}
