package dev.kiln.lock;

import dev.kiln.file.Digest;

/**
 * One suite of a repository as it was when it was read.
 *
 * @param name the profile's name of the repository
 * @param suite such as {@code bookworm-security}
 * @param date the Date field of the signed InRelease file
 * @param digest of the InRelease file
 */
public record LockedRepository(String name, String suite, String date, Digest digest) {}
