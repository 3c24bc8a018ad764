package dev.kiln.builder.source;

import dev.kiln.builder.sandbox.Command;
import dev.kiln.builder.sandbox.ImageTree;
import java.io.IOException;
import java.util.Map;

/** What is done with one sort of sources, step by step. */
interface BuildSteps {
  /** Reads everything once, and compares what it says of itself with the lock. */
  void check();

  /**
   * Puts the compiler into an empty tree, with a directory for the outputs.
   *
   * @param tree empty
   */
  void assemble(ImageTree tree) throws IOException;

  /** Compiles, in that tree. */
  Command command(ImageTree tree) throws IOException;

  /** Each output to its file below the directory of outputs. */
  Map<String, String> outputs();
}
