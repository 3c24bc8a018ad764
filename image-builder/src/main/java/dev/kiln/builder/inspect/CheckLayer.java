package dev.kiln.builder.inspect;

import static dev.kiln.builder.layer.VeritySuperblock.BLOCK;

import dev.kiln.builder.layer.VeritySuperblock;
import dev.kiln.builder.layer.VerityTree;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.Problem;
import dev.kiln.manifest.Layer;
import dev.kiln.manifest.Layer.Verity;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Compares a layer's data, its hash tree and its root hash in the manifest with each other. */
final class CheckLayer {
  private static final String MEND = "Copy or bake the image again";

  private final Path file;
  private final Layer layer;
  private final List<Problem> problems = new ArrayList<>();

  private CheckLayer(Path file, Layer layer) {
    this.file = file;
    this.layer = layer;
  }

  /** Reads the whole layer; empty where everything agrees. */
  static List<Problem> check(Path file, Layer layer) {
    CheckLayer check = new CheckLayer(file, layer);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      check.run(channel);
    } catch (IllegalArgumentException | EOFException e) {
      check.add(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw KilnException.io("read " + file, e);
    }
    return check.problems;
  }

  private void run(FileChannel channel) throws IOException {
    Verity verity = layer.verity();
    VeritySuperblock header = VeritySuperblock.read(channel, verity.hashOffset());
    long blocks = verity.hashOffset() / BLOCK;
    if (header.dataBlocks() != blocks) {
      add("its hash tree covers " + header.dataBlocks() + " blocks of its " + blocks);
      return;
    }
    if (blocks > VerityTree.MOST_BLOCKS) {
      add("it has more data than builder checks: " + verity.hashOffset() + " bytes");
      return;
    }
    VerityTree tree = VerityTree.of(channel, blocks, header.saltBytes());
    if (!tree.rootHash().equals(verity.rootHash())) {
      add(
          "the root hash of its data is "
              + tree.rootHash().hex()
              + ", not "
              + verity.rootHash().hex());
    }
    long treeOffset = verity.hashOffset() + BLOCK;
    if (!tree.isStoredAt(channel, treeOffset)) {
      add("its hash tree is not that of its data: a machine would refuse to read it");
    }
    if (channel.size() != treeOffset + tree.size()) {
      add("its hash tree does not end where the file ends");
    }
  }

  private void add(String what) {
    problems.add(Problem.of(file + " (layer " + layer.name() + "): " + what, MEND));
  }
}
