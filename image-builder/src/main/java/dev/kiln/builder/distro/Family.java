package dev.kiln.builder.distro;

/** A family of distributions: those that share a package format and its tools. */
public interface Family {
  /** Its name in a lock, such as {@code debian}. */
  String name();

  /** The repositories of this family, to be read as far as a lock needs them. */
  PackageArchive archive(ArchiveAccess access);
}
