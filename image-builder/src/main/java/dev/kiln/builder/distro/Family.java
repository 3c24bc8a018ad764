package dev.kiln.builder.distro;

import dev.kiln.builder.kernel.KernelLayout;
import dev.kiln.builder.kit.Tool;
import dev.kiln.builder.packages.PackageFormat;
import dev.kiln.builder.source.SourceFormat;
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

/**
 * A family of distributions: those that share a package format and its tools. All that a bake does
 * otherwise for one family than for another stands here; everything else knows none by name.
 */
public interface Family {
  /** What its profiles keep, and its name. */
  FamilyRules rules();

  /** Its name in a lock, such as {@code debian}. */
  default String name() {
    return rules().name();
  }

  /** The repositories of this family, to be read as far as a lock needs them. */
  PackageArchive archive(ArchiveAccess access);

  /** Its package files: made ready, unpacked, and what they need of each other. */
  PackageFormat packages();

  /** Its source packages: what a built pin may be built from. */
  SourceFormat sources();

  /** Its own tool, which installs a system. */
  InstallSystem installer();

  /** Where its packages put a kernel, and what belongs to that. */
  KernelLayout kernel();

  /** The extended attributes that its packages give files (xattr(7)), by their full names. */
  Set<String> attributes();

  /** How its releases call the units, places and packages that a node's files speak of. */
  Conventions conventions(Distribution distribution);

  /** The package that brings a program of the kit. */
  String packageOf(Tool tool);

  /** The name by which vulnerability scanners know a package of one of its distributions. */
  PackageUrl url(LockedDistribution distribution, LockedPackage locked);

  /** The name by which vulnerability scanners know a source package. */
  PackageUrl url(LockedDistribution distribution, SourcePackage locked);

  /**
   * The mirrors of a repository that this machine's own package tool is told of; none where it has
   * another distribution.
   *
   * @param etc this machine's {@code /etc}
   */
  List<URI> hostMirrors(Path etc, Repository repository);
}
