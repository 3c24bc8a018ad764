package dev.kiln.builder.source;

import dev.kiln.builder.kit.Kit;
import dev.kiln.builder.sandbox.Bind;
import dev.kiln.builder.sandbox.Command;
import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.file.Resource;
import dev.kiln.lock.LockedSource.SourceFile;
import dev.kiln.lock.LockedSource.SourcePackage;
import dev.kiln.profile.Build;
import dev.kiln.profile.Making;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Builds a distribution's source package, in a root of the toolchain's packages. These are
 * unpacked, not installed: a compiler needs no maintainer script, and without them the root is the
 * same bytes everywhere.
 */
final class PackageBuild implements BuildSteps {
  static final String SCRIPT = Resource.text(PackageBuild.class, "build.sh");

  private final Build wanted;
  private final Making.OfPackage made;
  private final SourcePackage locked;
  private final BuildInputs.OfPackage inputs;
  private final Site site;

  /**
   * Where it is built.
   *
   * @param scratch a directory of its own, on disk
   */
  record Site(Kit kit, BuildFormats formats, Path scratch) {}

  PackageBuild(
      Build wanted,
      Making.OfPackage made,
      SourcePackage locked,
      BuildInputs.OfPackage inputs,
      Site site) {
    this.wanted = wanted;
    this.made = made;
    this.locked = locked;
    this.inputs = inputs;
    this.site = site;
  }

  @Override
  public void check() {
    inputs.check();
    site.formats().sources().check(wanted, made, locked, inputs.source());
  }

  @Override
  public void assemble(ImageTree tree) {
    new BuildRoot(site.kit(), site.formats(), tree).assemble(wanted.name(), inputs.toolchain());
  }

  @Override
  public Command command(ImageTree tree) throws IOException {
    Command command = Command.in(tree, "/bin/sh", "/run/build/build.sh");
    for (Map.Entry<String, String> variable : environment(wanted).entrySet()) {
      command = command.with(variable.getKey(), variable.getValue());
    }
    List<String> names = locked.files().stream().map(SourceFile::fileName).toList();
    for (int i = 0; i < names.size(); i++) {
      command =
          command.with(Bind.readOnly(inputs.source().get(i).path(), "/run/source/" + names.get(i)));
    }
    return command.with(scripts());
  }

  /** Kiln's own files are shown to the build, not written into its tree. */
  private Bind scripts() throws IOException {
    Path directory = Files.createDirectory(site.scratch().resolve("scripts"));
    Files.writeString(directory.resolve("build.sh"), SCRIPT);
    Files.writeString(directory.resolve("unpack.sh"), site.formats().sources().unpacking());
    Files.writeString(directory.resolve("commands"), made.commands());
    return Bind.readOnly(directory, "/run/build");
  }

  /** What commands find besides the sandbox's fixed path and time zone. */
  static Map<String, String> environment(Build wanted) {
    return Map.of(
        "LC_ALL", "C", // the one locale that needs no files
        "HOME", "/build",
        "TMPDIR", "/build/tmp", // on disk: /tmp of a sandbox is memory
        "OUTPUT", "/" + BuildPin.OUTPUT,
        "VERSION", wanted.version());
  }

  @Override
  public Map<String, String> outputs() {
    return wanted.outputs().keySet().stream().collect(Collectors.toMap(name -> name, name -> name));
  }
}
