package dev.kiln.builder.deb;

import dev.kiln.lock.LockedPackage;
import java.net.URI;
import java.util.List;

/** Where the file of a locked package may be had. */
@FunctionalInterface
public interface PackageAddresses {
  /** In the order in which they are tried. */
  List<URI> of(LockedPackage locked);
}
