package dev.kiln.builder.deb;

/**
 * A member of an ar archive.
 *
 * @param size in bytes
 * @param bytes exactly so many; to be read to the end before the next member
 */
record ArMember(String name, long size, LimitedStream bytes) {}
