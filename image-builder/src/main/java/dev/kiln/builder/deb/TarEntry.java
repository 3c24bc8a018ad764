package dev.kiln.builder.deb;

/**
 * One entry of a tar archive, as its header says, unchecked.
 *
 * <p>Names are bytes to dpkg and the kernel; here each byte is one character (ISO 8859-1), so
 * nothing is lost.
 *
 * @param type what it makes
 * @param name as written, such as {@code ./usr/bin/env}
 * @param mode permission bits with setuid, setgid and sticky
 * @param size of the content that follows, in bytes; 0 for all but files
 * @param mtime seconds since 1970
 * @param linkName what a link points to, else empty
 */
record TarEntry(
    EntryType type,
    String name,
    int mode,
    long uid,
    long gid,
    long size,
    long mtime,
    String linkName,
    String userName,
    String groupName) {

  TarEntry withNames(String newName, String newLinkName) {
    return new TarEntry(
        type, newName, mode, uid, gid, size, mtime, newLinkName, userName, groupName);
  }
}
