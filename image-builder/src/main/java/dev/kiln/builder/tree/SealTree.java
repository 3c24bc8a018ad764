package dev.kiln.builder.tree;

import dev.kiln.builder.sandbox.Command;
import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.builder.sandbox.Sandbox;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.Problem;
import dev.kiln.file.Digest;
import dev.kiln.file.Resource;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes out of an installed tree what differs from bake to bake or must differ from node to node.
 */
public final class SealTree {
  private static final String SCRIPT = Resource.text(SealTree.class, "seal.sh");
  private static final String SEALED = Resource.text(SealTree.class, "sealed.sh");

  private final Sandbox sandbox;

  public SealTree(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  /** Digest of what is taken out of every distribution's. */
  public static Digest recipe() {
    return Digest.of(SCRIPT + SEALED);
  }

  /**
   * Does it.
   *
   * @param more a script of the distribution's family, run the same way
   * @param rules the profile's
   * @throws KilnException of kind INPUT where a rule is about what is not there
   */
  public void seal(ImageTree tree, String more, SealRules rules) {
    run(tree, SCRIPT + "\n" + more, List.of());
    obey(rules, tree);
  }

  private void obey(SealRules rules, ImageTree tree) {
    if (rules.isEmpty()) {
      return;
    }
    List<String> arguments = new ArrayList<>(List.of("sealed"));
    arguments.addAll(rules.goes());
    arguments.add("--");
    arguments.addAll(rules.stays());
    arguments.add("--");
    arguments.addAll(rules.programs());
    List<String> lacking = run(tree, SEALED, arguments);
    if (!lacking.isEmpty()) {
      throw new KilnException(
          KilnException.Kind.INPUT, lacking.stream().map(SealTree::problem).toList(), null);
    }
  }

  private List<String> run(ImageTree tree, String script, List<String> arguments) {
    List<String> lines = new ArrayList<>();
    sandbox
        .run(
            Command.in(tree, Sandbox.BUSYBOX, "sh", "-c", script)
                .and(arguments)
                .with(sandbox.busybox()),
            input -> {},
            lines::add)
        .orFail("seal the tree");
    return lines;
  }

  private static Problem problem(String line) {
    String path = line.substring(line.indexOf(' ') + 1);
    return line.startsWith("program ")
        ? Problem.of(
            "'seal:' runs " + path + ", which is no program of the image",
            "Add the package that brings it, or check its spelling")
        : Problem.of(
            "'seal:' names " + path + ", which is not in the image",
            "Leave it out, or check its spelling");
  }
}
