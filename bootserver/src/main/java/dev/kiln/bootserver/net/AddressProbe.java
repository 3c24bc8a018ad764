package dev.kiln.bootserver.net;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Finds out on the wire whether a machine uses an address (RFC 2131 §3.1). */
@FunctionalInterface
public interface AddressProbe {
  /** Asks nobody, for networks that are out of reach. */
  AddressProbe NONE = (address, client) -> CompletableFuture.completedStage(new Found.OutOfReach());

  /** What was found. */
  sealed interface Found {
    /** Nobody answers, or only the client itself. */
    record Nobody() implements Found {}

    /** A machine with this card answers. */
    record UsedBy(MacAddress card) implements Found {}

    /** It cannot be known: what is asked here does not reach the machines of that network. */
    record OutOfReach() implements Found {}

    /** It is not known yet: asking goes on, and whoever asks again a few seconds later is told. */
    record Undecided() implements Found {}
  }

  /**
   * Asks. Returns at once, on any thread; the stage completes on another, within little more than a
   * second.
   *
   * @param client who would get the address: where it answers itself, nobody else uses it
   */
  CompletionStage<Found> ask(Ipv4Address address, MacAddress client);

  /** What was found for an address before counts no more: whoever asks next is told anew. */
  default void forget(Ipv4Address address) {}
}
