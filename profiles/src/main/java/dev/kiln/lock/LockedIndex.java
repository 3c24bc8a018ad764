package dev.kiln.lock;

import dev.kiln.file.Digest;
import java.util.List;

/**
 * One generation of a signed index, as it was when it was read: the InRelease file of a suite, the
 * repomd.xml of an RPM repository.
 *
 * @param name by which packages say where they come from
 * @param components such as {@code main}; none where a repository has no components
 * @param keyring digest of the keys by which its signature was checked
 * @param digest of the signed file
 * @param allowedOlder whether it was taken although it is older than the one that was locked before
 */
public record LockedIndex(
    IndexName name, List<String> components, Digest keyring, Digest digest, boolean allowedOlder) {
  public LockedIndex {
    components = List.copyOf(components);
  }
}
