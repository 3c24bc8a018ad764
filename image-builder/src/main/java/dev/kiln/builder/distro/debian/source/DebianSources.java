package dev.kiln.builder.distro.debian.source;

import dev.kiln.builder.cache.CachedFile;
import dev.kiln.builder.source.SourceFormat;
import dev.kiln.file.Resource;
import dev.kiln.lock.LockedSource.SourcePackage;
import dev.kiln.profile.Build;
import dev.kiln.profile.Making;
import java.util.List;
import java.util.Map;

/** Source packages with a {@code .dsc}, unpacked by dpkg-source(1). */
public final class DebianSources implements SourceFormat {
  private static final String UNPACK = Resource.text(DebianSources.class, "unpack.sh");

  @Override
  public void check(
      Build wanted, Making.OfPackage made, SourcePackage locked, List<CachedFile> files) {
    new SourceCheck(wanted, made, locked).check(files.get(0).path());
  }

  @Override
  public String unpacking() {
    return UNPACK;
  }

  @Override
  public Map<String, String> programs() {
    return Map.of("usr/bin/dpkg-source", "dpkg-dev");
  }
}
