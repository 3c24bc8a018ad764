package dev.kiln.builder.distro.debian;

import dev.kiln.builder.distro.ArchiveAccess;
import dev.kiln.builder.distro.Family;
import dev.kiln.builder.distro.PackageArchive;

/** Debian and what derives from it. */
public final class DebianFamily implements Family {
  @Override
  public String name() {
    return "debian";
  }

  @Override
  public PackageArchive archive(ArchiveAccess access) {
    return new DebianArchive(access);
  }
}
