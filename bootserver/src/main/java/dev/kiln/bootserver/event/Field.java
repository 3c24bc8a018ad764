package dev.kiln.bootserver.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The names of an event's values, in the order in which they are kept and shown. They are stored,
 * so none is ever changed; one more is a new format of the state.
 */
public enum Field {
  /** Who sent a request, by its address. */
  PEER,
  /** An IP address that is asked for, offered or given. */
  ADDRESS,
  /** What a client means by its DHCPREQUEST. */
  STATE,
  /** The program that asks. */
  ASKER,
  /** What its firmware can run. */
  ARCHITECTURE,
  /** How long an address is given, in seconds. */
  SECONDS,
  /** The name of a file. */
  FILE,
  /** Octets that a file has, or that were sent of it. */
  BYTES,
  /** Octets of a block. */
  BLOCK_SIZE,
  /** How long it took. */
  MILLIS,
  /** Packets that were sent again. */
  REPEATED,
  IMAGE,
  GROUP,
  /** Of a seed. */
  DOCUMENT,
  /** Of a report, as are the next three. */
  TYPE,
  NAME,
  RESULT,
  DESCRIPTION,
  /** The reason, a sentence without its full stop. */
  WHY,
  /** By what the card is known, where the request did not say it: {@code address}. */
  BY,
  /** In place of all others: those that are counted here differ. */
  MORE,
  /** All that is known of an event before there were fields. */
  TEXT;

  private static final Map<String, Field> BY_LABEL =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Field::label, field -> field));

  private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** Its name, such as {@code block-size}. */
  public String label() {
    return label;
  }

  /** The field of a name. */
  public static Optional<Field> named(String label) {
    return Optional.ofNullable(BY_LABEL.get(label));
  }
}
