package dev.kiln.bootserver.machine;

/** Whether a request's claims lead to a machine that an administrator has approved. */
public sealed interface Recognition {
  /** They do. */
  record Known(Machine machine) implements Recognition {}

  /**
   * They do not.
   *
   * @param reason one sentence for an operator
   */
  record Unknown(String reason) implements Recognition {}
}
