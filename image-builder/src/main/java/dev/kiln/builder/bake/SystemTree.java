package dev.kiln.builder.bake;

import dev.kiln.builder.cache.Scratch;
import dev.kiln.builder.distro.InstallSystem.NewSystem;
import dev.kiln.builder.kit.Kit;
import dev.kiln.builder.packages.ReadyPackage;
import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.builder.sandbox.Workspace;
import dev.kiln.builder.sandbox.WorkspacePlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** A tree while a system is installed into it. */
final class SystemTree implements AutoCloseable {
  /**
   * Where it may be made.
   *
   * @param words is told where it is made, where that is not in memory
   */
  record Room(WorkspacePlace place, Consumer<String> words) {}

  private final Kit kit;
  private final Scratch scratch;
  private final Room room;
  private final Workspace workspace;

  /**
   * Prepares one.
   *
   * @param scratch goes with the tree
   */
  SystemTree(Kit kit, Scratch scratch, Room room) {
    this.kit = kit;
    this.scratch = scratch;
    this.room = room;
    try {
      this.workspace = kit.sandbox().workspace(scratch.path(), room.place(), room.words());
    } catch (RuntimeException e) {
      scratch.close();
      throw e;
    }
  }

  Kit kit() {
    return kit;
  }

  Room room() {
    return room;
  }

  ImageTree tree() {
    return workspace.tree();
  }

  /**
   * Makes it; once more, where it did not fit into memory.
   *
   * @param packages all that will be installed in it
   */
  void fill(List<ReadyPackage> packages, Workspace.Filling filling) throws IOException {
    workspace.fill(sizeOf(packages), filling);
  }

  /**
   * What the family's tool is told.
   *
   * @param packages that it installs now
   * @param newest time of all files so far, seconds since 1970
   */
  NewSystem system(List<ReadyPackage> packages, String architecture, long newest)
      throws IOException {
    Path staging = Files.createTempDirectory(scratch.path(), "packages");
    return new NewSystem(kit, tree(), packages, architecture, staging, newest);
  }

  @Override
  public void close() {
    try (scratch) {
      workspace.close();
    }
  }

  /** Ready packages are not compressed: their files take about as much in a tree. */
  private static long sizeOf(List<ReadyPackage> packages) throws IOException {
    long bytes = 0;
    for (ReadyPackage each : packages) {
      bytes += Files.size(each.file());
    }
    return bytes;
  }
}
