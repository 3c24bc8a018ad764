package dev.kiln.bootserver.lease;

/** What became of the wish for an address. */
public sealed interface Claim {
  /** The lease is durable: it survives a power cut. */
  record Granted(Lease lease) implements Claim {}

  /** Nothing was changed: this lease still holds the address. */
  record Taken(Lease by) implements Claim {}
}
