package dev.kiln.builder.distro.debian.archive;

import dev.kiln.file.Digest;

/**
 * One line of a Release file's SHA256 field.
 *
 * @param path below the suite's directory
 * @param size bytes
 */
record ReleaseFile(String path, long size, Digest digest) {}
