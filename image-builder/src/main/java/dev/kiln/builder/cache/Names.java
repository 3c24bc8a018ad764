package dev.kiln.builder.cache;

import java.util.UUID;
import java.util.regex.Pattern;

/** The names that a cache gives. Whatever has another one is no part of it, and never removed. */
final class Names {
  private static final String KIND = "[a-z0-9][a-z0-9.-]{0,62}";
  private static final String DIGEST = "[0-9a-f]{64}";
  private static final String SCRATCH = KIND + "-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  private static final String SCRATCH_LOCK = "scratch-";
  private static final String BLOB_LOCK = "blob-";

  private static final Pattern IS_KIND = Pattern.compile(KIND);
  private static final Pattern IS_DIGEST = Pattern.compile(DIGEST);
  private static final Pattern IS_SCRATCH = Pattern.compile(SCRATCH);
  private static final Pattern IS_LOCK =
      Pattern.compile(SCRATCH_LOCK + SCRATCH + "|" + KIND + "-" + DIGEST);
  private static final Pattern IS_LOG = Pattern.compile("(bake|build)-.+[.]log");
  // Its writer may have been killed before it had its name.
  private static final Pattern IS_RECORD = Pattern.compile(DIGEST + "|[.]" + DIGEST + ".*[.]part");

  private Names() {}

  /** A new one for a directory in {@code tmp/}. */
  static String scratch(String purpose) {
    return purpose + "-" + UUID.randomUUID();
  }

  /** The lock of a directory in {@code tmp/}. */
  static String scratchLock(String directory) {
    return SCRATCH_LOCK + directory;
  }

  /** The lock of a blob and of its file in {@code partial/}. */
  static String blobLock(String hex) {
    return BLOB_LOCK + hex;
  }

  /** Of a sort of entries: one segment, which can neither leave the cache nor hide in it. */
  static boolean isKind(String name) {
    return IS_KIND.matcher(name).matches();
  }

  /** Of a blob, an entry or a download. */
  static boolean isDigest(String name) {
    return IS_DIGEST.matcher(name).matches();
  }

  static boolean isScratch(String name) {
    return IS_SCRATCH.matcher(name).matches();
  }

  static boolean isLock(String name) {
    return IS_LOCK.matcher(name).matches();
  }

  static boolean isLog(String name) {
    return IS_LOG.matcher(name).matches();
  }

  /** Of how a call of bake ended. */
  static boolean isRecord(String name) {
    return IS_RECORD.matcher(name).matches();
  }
}
