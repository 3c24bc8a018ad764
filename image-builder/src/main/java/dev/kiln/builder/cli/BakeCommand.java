package dev.kiln.builder.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code builder bake}. */
@Command(name = "bake", mixinStandardHelpOptions = true, description = "Bakes an image.")
public final class BakeCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return 0;
  }
}
