package dev.kiln.builder.distro;

import dev.kiln.builder.distro.debian.DebianFamily;
import dev.kiln.profile.Catalog;
import dev.kiln.profile.Repository;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** What the program knows, for tests of its parts. */
public final class KnownFamilies {
  public static final Family DEBIAN = new DebianFamily();
  public static final Families ALL = new Families(List.of(DEBIAN));
  public static final Catalog CATALOG = new Catalog(ALL.rules());

  /** The mirrors that this machine's own apt asks. */
  public static final Function<Repository, List<URI>> HOST =
      repository -> DEBIAN.hostMirrors(Path.of("/etc"), repository);

  private KnownFamilies() {}
}
