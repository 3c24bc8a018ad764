package dev.kiln.builder.cli;

import dev.kiln.builder.bake.BakeImage;
import dev.kiln.builder.bake.BakeRequest;
import dev.kiln.builder.bake.LockPolicy;
import dev.kiln.builder.bake.ResolvedRequest;
import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.fetch.Fetcher;
import dev.kiln.builder.lock.HostArchitecture;
import dev.kiln.builder.lock.LockFile;
import dev.kiln.builder.mirror.ProfileMirrors;
import dev.kiln.builder.output.OutputDirectory;
import dev.kiln.builder.output.OutputKind;
import dev.kiln.builder.progress.Progress;
import dev.kiln.builder.repeat.BakeCall;
import dev.kiln.builder.repeat.PastBake;
import dev.kiln.builder.repeat.RepeatBake;
import dev.kiln.builder.sandbox.Sandbox;
import dev.kiln.builder.sandbox.WorkspacePlace;
import dev.kiln.builder.sign.SigningKey;
import dev.kiln.command.Explaining;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import dev.kiln.file.InputFiles;
import dev.kiln.manifest.ImageDirectory;
import dev.kiln.profile.Profile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code builder bake}. */
@Command(
    name = "bake",
    mixinStandardHelpOptions = true,
    description = "Bakes an image: lock, fetch, assemble, seal, initrd, add, describe, write.")
public final class BakeCommand implements Callable<Integer>, Explaining {
  /** What an image is given out as: every form that there is. */
  private static final Set<OutputKind> OUTPUTS = Set.of(OutputKind.values());

  @Spec private CommandSpec spec;
  @Mixin private ProfileOptions options;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description =
          "The directory that becomes the image; else images/NAME-ID. It exists when the image is complete.")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = "--locked",
      description = "Take the lock as it is; fail where it does not fit the profile.")
  private boolean locked;

  @Option(
      names = "--lock",
      paramLabel = "FILE",
      description =
          "The lock; else ./NAME.lock.json. Its choices are kept as far as the profile allows, and"
              + " what is chosen anew is written to it.")
  private Optional<Path> lockFile = Optional.empty();

  @Option(
      names = "--sign",
      paramLabel = "KEY",
      description = "Sign the image with a key of 'builder keygen'.")
  private Optional<Path> signingKey = Optional.empty();

  @Option(
      names = "--workspace",
      paramLabel = "auto|memory|disk",
      description =
          "Where the tree of the os layer is made; else the variable KILN_WORKSPACE; else auto: in"
              + " memory where it fits, else on disk. The image is the same.")
  private Optional<WorkspacePlace> workspace = Optional.empty();

  @Option(
      names = OPTION,
      description = "Where packages do not go together, show everything that was tried.")
  private boolean explain;

  @Override
  public boolean explains() {
    return explain;
  }

  @Override
  public Integer call() {
    RepeatBake repeat = new RepeatBake(options.cache(), asked());
    Optional<PastBake> past = repeat.find();
    if (past.isPresent()) {
      signingKey.ifPresent(SigningKey::refuseIfOthersMayRead);
    }
    if (past.isPresent() && isIntact(past.get())) {
      OutputDirectory.removeLeft(output, past.get().profile());
      return tell(past.get().place(), past.get().id());
    }
    InputFiles inputs = new InputFiles();
    Profile profile = options.profileToBake(inputs);
    Optional<SigningKey> key = signingKey.map(file -> SigningKey.read(file, inputs));
    output.ifPresent(OutputDirectory::requireUsable);
    OutputDirectory.removeLeft(output, profile.name());
    Sandbox.requireUsable(options.environment());
    Cache cache = new Cache(options.cache());
    ImageDirectory image;
    try (BakeLog log = BakeLog.open(cache, profile.name(), Instant.now())) {
      Progress progress =
          Progress.open(job(profile.name()), Optional.of(log.writer()), options.environment());
      image = bake(request(profile, key, inputs), cache.telling(progress::note), progress);
    } catch (IOException e) {
      throw KilnException.io("write the bake's log", e);
    }
    repeat.remember(profile.name(), image, inputs);
    return tell(image.path(), image.id());
  }

  private BakeCall asked() {
    return new BakeCall(
        Path.of("").toAbsolutePath(),
        options.profileName(),
        options.zoneName(),
        options.mirrors(),
        locked,
        lockFile,
        OUTPUTS.stream().map(OutputKind::name).collect(Collectors.toSet()),
        output,
        signingKey);
  }

  private WorkspacePlace workspace() {
    return workspace.orElseGet(() -> WorkspacePlace.of(options.environment()));
  }

  private boolean isIntact(PastBake past) {
    Progress progress = Progress.open(job(past.profile()), Optional.empty(), options.environment());
    progress.note("nothing that this call reads changed since it baked " + past.place());
    boolean intact = progress.step("check", past::imageIsIntact);
    if (!intact) {
      progress.note("that image is not what it was: it is baked again");
    }
    return intact;
  }

  private static String job(String profile) {
    return "bake=" + profile;
  }

  private int tell(Path image, Digest id) {
    spec.commandLine().getOut().println(image + " " + id);
    return 0;
  }

  private BakeRequest request(Profile profile, Optional<SigningKey> key, InputFiles inputs) {
    Path file = lockFile.orElseGet(() -> LockFile.placeOf(profile));
    return new BakeRequest(
        profile,
        options.profileName(),
        options.zoneOf(profile),
        locked ? new LockPolicy.AsItIs(file) : new LockPolicy.Kept(file),
        HostArchitecture.here(),
        workspace(),
        OUTPUTS,
        output,
        key,
        inputs);
  }

  private ImageDirectory bake(BakeRequest request, Cache cache, Progress progress) {
    ProfileMirrors mirrors = options.mirrorsOf(request.profile(), request.inputs());
    try (Fetcher fetcher = new Fetcher(cache, progress, options.environment())) {
      new ResolvedRequest(request, mirrors, cache).lines().forEach(progress::note);
      return cache.mending(
          progress::note,
          new BakeImage(cache, fetcher, mirrors, options.families(), progress, request)::bake);
    }
  }
}
