package dev.kiln.builder.distro.debian.assemble;

import dev.kiln.builder.deb.BootstrapTar;
import dev.kiln.builder.deb.MergedUsr;
import dev.kiln.builder.distro.InstallSystem;
import dev.kiln.builder.distro.debian.index.PackageRelations;
import dev.kiln.builder.packages.ReadyPackage;
import dev.kiln.builder.progress.Progress;
import dev.kiln.builder.sandbox.Bind;
import dev.kiln.builder.sandbox.Command;
import dev.kiln.builder.sandbox.Silence;
import dev.kiln.file.Digest;
import dev.kiln.file.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Installs a Debian: the files of its base system are unpacked by Kiln, and everything is installed
 * by the target's own dpkg.
 */
public final class InstallDebian implements InstallSystem {
  private static final String DPKG = Resource.text(InstallDebian.class, "dpkg.sh");
  private static final String BASE = DPKG + Resource.text(InstallDebian.class, "base.sh");
  private static final String INSTALL = DPKG + Resource.text(InstallDebian.class, "install.sh");
  private static final String SEAL = Resource.text(InstallDebian.class, "seal.sh");
  private static final String MAKERS = Resource.text(InstallDebian.class, "makers.sh");

  /** What scripts find besides the sandbox's own, and the newest time. */
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "DEBIAN_FRONTEND", "noninteractive",
          "DEBCONF_NONINTERACTIVE_SEEN", "true",
          // The kernel's own hook for those who need no initrd of initramfs-tools.
          "INITRD", "No",
          // TeX takes SOURCE_DATE_EPOCH for the day of the formats it makes only where this is
          // said.
          "FORCE_SOURCE_DATE", "1");

  @Override
  public Digest recipe() {
    return Digest.of(BASE + INSTALL + SEAL + MAKERS + new TreeMap<>(ENVIRONMENT));
  }

  @Override
  public String sealing() {
    return SEAL;
  }

  @Override
  public String makers() {
    return MAKERS;
  }

  @Override
  public List<ReadyPackage> base(List<ReadyPackage> packages, String architecture) {
    Set<String> bootstrap =
        BootstrapSet.of(
            packages.stream().map(each -> PackageRelations.of(each, architecture)).toList());
    return packages.stream().filter(each -> bootstrap.contains(each.locked().name())).toList();
  }

  @Override
  public void installBase(NewSystem system, Progress progress) throws IOException {
    progress.step("unpack-bootstrap", () -> unpack(system));
    progress.step("install-base", () -> run(BASE, system, progress));
  }

  @Override
  public void install(NewSystem system, Progress progress) throws IOException {
    progress.step("install-packages", () -> run(INSTALL, system, progress));
  }

  private static void unpack(NewSystem system) {
    List<Path> packages = system.packages().stream().map(ReadyPackage::file).toList();
    MergedUsr merged = MergedUsr.of(system.architecture());
    system
        .kit()
        .sandbox()
        .run(
            system
                .kit()
                .command("/bin/busybox", "tar", "-x", "-p", "-f", "-", "-C", "/run/tree")
                .with(Bind.writable(system.tree(), "/run/tree")),
            out -> new BootstrapTar(merged).write(packages, out),
            line -> {})
        .orFail("unpack the bootstrap set");
  }

  private static void run(String script, NewSystem system, Progress progress) throws IOException {
    stage(system);
    Command install =
        Command.in(system.tree(), "/bin/sh", "-c", script)
            .with("SOURCE_DATE_EPOCH", Long.toString(system.newest()))
            .with(Bind.readOnly(system.staging(), "/run/kiln/packages"));
    for (Map.Entry<String, String> variable : ENVIRONMENT.entrySet()) {
      install = install.with(variable.getKey(), variable.getValue());
    }
    system
        .kit()
        .sandbox()
        .run(install, progress::detail, Silence.telling(progress::note))
        .orFail("install the packages");
  }

  /** dpkg wants files named *.deb; hard links cost nothing. */
  private static void stage(NewSystem system) throws IOException {
    for (ReadyPackage each : system.packages()) {
      String name = each.locked().name();
      String file = name + "_" + each.locked().digest().hex().substring(0, 12) + ".deb";
      Files.createLink(system.staging().resolve(file), each.file());
    }
  }
}
