package dev.kiln.builder.packages;

import dev.kiln.builder.fetch.Download;
import dev.kiln.lock.LockedPackage;

/** Where the file of a locked package may be had. */
@FunctionalInterface
public interface PackageDownloads {
  /** Its bytes, and every address that may have them. */
  Download of(LockedPackage locked);
}
