package dev.kiln.builder.lock;

import dev.kiln.builder.distro.Renewal;
import dev.kiln.lock.Lock;
import dev.kiln.profile.Profile;
import java.util.Optional;

/**
 * Everything a lock is a function of, but the repositories.
 *
 * @param hostArchitecture of the machine that will bake, by Kiln's name of it
 * @param before the lock before it, whose versions are preferred
 * @param renewal what of it is not preferred
 * @param allowOlder whether an index may be older than the one that was locked before
 */
public record LockRequest(
    Profile profile,
    String hostArchitecture,
    Optional<Lock> before,
    Renewal renewal,
    boolean allowOlder) {
  /** The name under which a renewal means the kit. */
  public static final String KIT = "kit";

  /** A lock from nothing. */
  public static LockRequest first(Profile profile, String hostArchitecture) {
    return new LockRequest(profile, hostArchitecture, Optional.empty(), Renewal.NONE, false);
  }
}
