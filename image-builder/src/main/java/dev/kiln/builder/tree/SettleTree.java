package dev.kiln.builder.tree;

import dev.kiln.builder.kit.Kit;
import dev.kiln.builder.layer.LayerPaths;
import dev.kiln.builder.layer.LayerPaths.Place;
import dev.kiln.builder.packages.PathTimes;
import dev.kiln.builder.sandbox.Bind;
import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.Problem;
import dev.kiln.file.Digest;
import dev.kiln.file.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tells what packages brought from what their scripts made: a path has its package's time, or the
 * newest of all; and no file that scripts made may be a secret, which every machine would share.
 */
public final class SettleTree {
  private static final String SCRIPT = Resource.text(SettleTree.class, "settle.sh");

  private final Kit kit;
  private final String makers;
  private final MadeFiles before;

  /**
   * Prepares.
   *
   * @param makers a shell script of the distribution's family that prints, with the tree as its
   *     directory, when which package's scripts first ran: stat's {@code %x}, a blank, the name
   * @param before what scripts had made in the tree before it was kept and put back
   */
  public SettleTree(Kit kit, String makers, MadeFiles before) {
    this.kit = kit;
    this.makers = makers;
    this.before = before;
  }

  /** Digest of how it is done. */
  public static Digest recipe() {
    return Digest.of(SCRIPT);
  }

  /**
   * Does it.
   *
   * @param times what packages brought
   * @return what is where in it, as far as the layer will hold it
   * @throws KilnException of kind INPUT with every secret that scripts made and no rule keeps
   */
  public LayerPaths settle(ImageTree tree, PathTimes times, SealRules rules) {
    List<String> lines = new ArrayList<>();
    kit.sandbox()
        .run(
            kit.command("/bin/busybox", "sh", "-c", SCRIPT)
                .with("NEWEST", Long.toString(times.newest()))
                .with("KEPT", String.join("\n", rules.stays()))
                .with("MAKERS", makers)
                .with(Bind.writable(tree, "/run/tree")),
            new TimeLines(times)::write,
            lines::add)
        .orFail("settle the tree");
    List<Problem> secrets = MadeSecrets.in(lines, before);
    if (!secrets.isEmpty()) {
      throw new KilnException(KilnException.Kind.INPUT, secrets, null);
    }
    return new LayerPaths(places(lines, times));
  }

  private static SortedMap<String, Place> places(List<String> lines, PathTimes times) {
    SortedMap<String, Place> places = new TreeMap<>();
    for (String line : lines) {
      String[] fields = line.split("\t", 3);
      if (fields[0].equals("path")) {
        // The path is printed as ./etc/passwd.
        String bringer = times.bringers().get(fields[2].substring(2));
        places.put(
            fields[2].substring(1),
            new Place(
                fields[1].charAt(0),
                bringer == null ? "a package's script" : "package " + bringer));
      }
    }
    return places;
  }
}
