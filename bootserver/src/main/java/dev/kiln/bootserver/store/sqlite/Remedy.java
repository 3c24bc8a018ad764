package dev.kiln.bootserver.store.sqlite;

/** What can be done for a file that fails. */
@FunctionalInterface
interface Remedy {
  /** For a file whose loss is no small matter: a person decides. */
  Remedy NONE = failure -> false;

  /** Whether the file is another now, and what failed can be done again. Nobody has it open. */
  boolean mends(Exception failure);
}
