package dev.kiln.builder.rootfs;

import dev.kiln.builder.deb.BootstrapTar;
import dev.kiln.builder.deb.MergedUsr;
import dev.kiln.builder.deb.PackageRelations;
import dev.kiln.builder.deb.PackageTimes;
import dev.kiln.builder.deb.ReadyPackage;
import dev.kiln.builder.kit.Kit;
import dev.kiln.builder.progress.Progress;
import dev.kiln.builder.sandbox.Bind;
import dev.kiln.builder.sandbox.Command;
import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.builder.sandbox.Sandbox;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Makes the tree of the {@code os} layer of a Debian. */
public final class AssembleOs {
  private final Kit kit;
  private final Path staging;
  private final ImageTree tree;
  private final List<ReadyPackage> packages;
  private final String architecture;
  private final Set<String> bootstrap;
  private final PackageTimes times;

  /**
   * Prepares.
   *
   * @param packages all of them
   * @param architecture of the image, Debian's name of it
   * @param staging an empty directory on the file system of the packages
   * @param tree empty
   */
  public AssembleOs(
      Kit kit, List<ReadyPackage> packages, String architecture, Path staging, ImageTree tree) {
    this.kit = kit;
    this.staging = staging;
    this.tree = tree;
    this.packages = packages;
    this.architecture = architecture;
    this.bootstrap =
        BootstrapSet.of(
            packages.stream().map(each -> PackageRelations.of(each, architecture)).toList());
    this.times = PackageTimes.of(packages, MergedUsr.of(architecture));
  }

  /** Digest of everything here that decides about the tree's bytes besides the packages. */
  public static Digest recipe() {
    return Digest.of(resource("install.sh") + resource("seal.sh") + resource("times.sh"));
  }

  /** Does it. */
  public void assemble(Progress progress) {
    progress.step("unpack-bootstrap", this::unpackBootstrap);
    progress.step("install-packages", () -> installPackages(progress));
  }

  /** Takes out what differs from bake to bake or must differ from node to node. */
  public void seal() {
    kit.sandbox()
        .run(
            Command.in(tree, Sandbox.BUSYBOX, "sh", "-c", resource("seal.sh"))
                .with(kit.sandbox().busybox()))
        .orFail("seal the tree");
  }

  /** Gives every path its package's time, or the newest of all: the last change to the tree. */
  public void setTimes() {
    kit.sandbox()
        .run(
            kit.command("/bin/busybox", "sh", "-c", resource("times.sh"))
                .with("NEWEST", Long.toString(newestTime()))
                .with(Bind.writable(tree, "/run/tree")),
            new TimeLines(times)::write,
            line -> {})
        .orFail("set the times of the tree");
  }

  /** The newest time of the packages' files, seconds since 1970. */
  public long newestTime() {
    return times.newest();
  }

  private void unpackBootstrap() {
    List<Path> first = packages.stream().filter(this::isBootstrap).map(ReadyPackage::file).toList();
    kit.sandbox()
        .run(
            kit.command("/bin/busybox", "tar", "-x", "-p", "-f", "-", "-C", "/run/tree")
                .with(Bind.writable(tree, "/run/tree")),
            out -> new BootstrapTar(MergedUsr.of(architecture)).write(first, out),
            line -> {})
        .orFail("unpack the bootstrap set");
  }

  private void installPackages(Progress progress) throws IOException {
    stage();
    Command install =
        Command.in(tree, "/bin/sh", "-c", resource("install.sh"))
            .with("DEBIAN_FRONTEND", "noninteractive")
            .with("DEBCONF_NONINTERACTIVE_SEEN", "true")
            .with("SOURCE_DATE_EPOCH", Long.toString(newestTime()))
            // The kernel's own hook for those who need no initrd of initramfs-tools.
            .with("INITRD", "No")
            .with(Bind.readOnly(staging, "/run/kiln/packages"));
    kit.sandbox().run(install, out -> {}, progress::detail).orFail("install the packages");
  }

  /** dpkg wants files named *.deb; hard links cost nothing. */
  private void stage() throws IOException {
    for (String part : List.of("first", "rest")) {
      Files.createDirectory(staging.resolve(part));
    }
    for (ReadyPackage each : packages) {
      String file =
          each.locked().name() + "_" + each.locked().digest().hex().substring(0, 12) + ".deb";
      Files.createLink(
          staging.resolve(isBootstrap(each) ? "first" : "rest").resolve(file), each.file());
    }
  }

  private boolean isBootstrap(ReadyPackage each) {
    return bootstrap.contains(each.locked().name());
  }

  private static String resource(String name) {
    try (InputStream in = AssembleOs.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the jar is damaged: " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw KilnException.io("read " + name, e);
    }
  }
}
