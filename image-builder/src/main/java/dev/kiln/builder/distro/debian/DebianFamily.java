package dev.kiln.builder.distro.debian;

import dev.kiln.builder.distro.ArchiveAccess;
import dev.kiln.builder.distro.Family;
import dev.kiln.builder.distro.InstallSystem;
import dev.kiln.builder.distro.PackageArchive;
import dev.kiln.builder.distro.PackageUrl;
import dev.kiln.builder.distro.debian.assemble.InstallDebian;
import dev.kiln.builder.distro.debian.source.DebianSources;
import dev.kiln.builder.kernel.KernelLayout;
import dev.kiln.builder.kit.Tool;
import dev.kiln.builder.packages.PackageFormat;
import dev.kiln.builder.source.SourceFormat;
import dev.kiln.failure.KilnException;
import dev.kiln.lock.LockedDistribution;
import dev.kiln.lock.LockedPackage;
import dev.kiln.lock.LockedSource.SourcePackage;
import dev.kiln.node.system.Conventions;
import dev.kiln.profile.Distribution;
import dev.kiln.profile.FamilyRules;
import dev.kiln.profile.Repository;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Debian and what derives from it. */
public final class DebianFamily implements Family {
  private static final FamilyRules RULES = new DebianRules();

  private static final List<String> DEBIAN_12_AND_NEWER =
      List.of("bookworm", "trixie", "forky", "sid");

  /** Where the packages linux-image-* and firmware-* put things. */
  private static final KernelLayout KERNEL =
      new KernelLayout(
          List.of("boot/vmlinuz-{release}"),
          List.of("boot/config-{release}"),
          "usr/lib/modules/{release}",
          "usr/lib/firmware");

  @Override
  public FamilyRules rules() {
    return RULES;
  }

  @Override
  public PackageArchive archive(ArchiveAccess access) {
    return new DebianArchive(access);
  }

  @Override
  public PackageFormat packages() {
    return new DebFormat();
  }

  @Override
  public SourceFormat sources() {
    return new DebianSources();
  }

  @Override
  public InstallSystem installer() {
    return new InstallDebian();
  }

  @Override
  public KernelLayout kernel() {
    return KERNEL;
  }

  /** What packages' scripts give by setcap(8): archives of Debian hold no attributes. */
  @Override
  public Set<String> attributes() {
    return Set.of("security.capability");
  }

  @Override
  public Conventions conventions(Distribution distribution) {
    if (!DEBIAN_12_AND_NEWER.contains(distribution.release())) {
      throw KilnException.unsupported(
          "nothing is known of how Debian "
              + distribution.release()
              + " calls its units and places",
          "Take one of " + String.join(", ", DEBIAN_12_AND_NEWER));
    }
    return DebianConventions.DEBIAN_12;
  }

  @Override
  public String packageOf(Tool tool) {
    return switch (tool) {
      case MKSQUASHFS -> "squashfs-tools";
      case VERITYSETUP -> "cryptsetup-bin";
      case BUSYBOX -> "busybox-static";
    };
  }

  @Override
  public PackageUrl url(LockedDistribution distribution, LockedPackage locked) {
    return DebianUrl.of(distribution, locked.name(), locked.version(), locked.architecture());
  }

  @Override
  public PackageUrl url(LockedDistribution distribution, SourcePackage locked) {
    return DebianUrl.of(distribution, locked.name(), locked.version(), "source");
  }

  @Override
  public List<URI> hostMirrors(Path etc, Repository repository) {
    return AptSource.readAll(etc.resolve("apt")).stream()
        .filter(source -> source.serves(repository))
        .map(AptSource::root)
        .toList();
  }
}
