package dev.kiln.command;

/** A command whose failures can be explained at length. */
public interface Explaining {
  /** The option that asks for it. */
  String OPTION = "--explain";

  /** Whether that was asked for. */
  boolean explains();
}
