package dev.kiln.builder.sandbox;

import dev.kiln.builder.progress.Amount;
import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An empty directory in which a tree is made and packed. Where the machine has memory enough it is
 * a file system in memory, which takes and forgets tens of thousands of files at once and never
 * waits for a disk; elsewhere it is the directory itself.
 *
 * <p>What is in the directory is removed by the sandbox, which alone may remove every user's files.
 */
public final class Workspace implements AutoCloseable {
  /** Makes a tree, from nothing. */
  @FunctionalInterface
  public interface Filling {
    void fill(ImageTree empty) throws IOException;
  }

  /**
   * Nobody knows before how large a tree becomes: scripts make files, and small ones take pages.
   */
  private static final int TIMES_ITS_PACKAGES = 2;

  /** What is taken of the room for files: others that begin at the same time find some, too. */
  private static final int PART_OF_ROOM = 3;

  /** So little of it is free: something may not have fitted. */
  private static final int PART_LEFT = 64;

  private static final Pattern SPACE = Pattern.compile("(\\d+) (\\d+) (\\d+) (\\d+)");

  private final Sandbox sandbox;
  private final Path directory;
  private final WorkspacePlace place;
  private final Consumer<String> words;
  private Optional<Keeper> keeper = Optional.empty();

  Workspace(Sandbox sandbox, Path directory, WorkspacePlace place, Consumer<String> words) {
    this.sandbox = sandbox;
    this.directory = directory;
    this.place = place;
    this.words = words;
  }

  public ImageTree tree() {
    return keeper.map(kept -> ImageTree.keptBy(kept, directory)).orElse(ImageTree.at(directory));
  }

  /**
   * Makes a tree in it. Where memory ends meanwhile that is done again, on disk.
   *
   * @param bytes of what the tree is made from, unpacked
   */
  public void fill(long bytes, Filling filling) throws IOException {
    takePlace(bytes);
    try {
      filling.fill(tree());
      if (!memoryWasFull()) {
        return;
      }
    } catch (KilnException e) {
      if (!memoryWasFull()) {
        throw e;
      }
    }
    String taken = Amount.of(keeper.map(Keeper::size).orElse(0L));
    if (place == WorkspacePlace.MEMORY) {
      throw noRoom("the tree does not fit into the " + taken + " of memory that were free");
    }
    words.accept("the tree does not fit into " + taken + " of memory: it is begun again on disk");
    leaveMemory();
    filling.fill(tree());
  }

  private void takePlace(long bytes) {
    if (place == WorkspacePlace.DISK) {
      return;
    }
    long room = sandbox.memory().room();
    long wanted = TIMES_ITS_PACKAGES * bytes;
    if (place == WorkspacePlace.MEMORY ? room < bytes : room < wanted) {
      takeDisk(
          "the tree may take %s of memory, and %s are free for it"
              .formatted(Amount.of(wanted), Amount.of(Math.max(0, room))));
      return;
    }
    boolean all = place == WorkspacePlace.MEMORY;
    keeper = Keeper.open(sandbox, directory, all ? room : Math.max(wanted, room / PART_OF_ROOM));
    if (keeper.isEmpty()) {
      takeDisk("no file system in memory can be mounted here");
    } else if (!all && sandbox.memory().room() < 0) {
      // Others began at the same time. Each promises first and looks then: one of them sees it.
      leaveMemory();
      takeDisk("other bakes are taking the memory that is free");
    }
  }

  private void takeDisk(String because) {
    if (place == WorkspacePlace.MEMORY) {
      throw noRoom(because);
    }
    words.accept(because + ": it is made on disk");
  }

  private static KilnException noRoom(String what) {
    return new KilnException(
        KilnException.Kind.IO, what, "Run it with --workspace=disk, or where more memory is free");
  }

  /**
   * Whether the file system in memory was full, or all but full: a script may have gone on without
   * what it could not write.
   */
  private boolean memoryWasFull() {
    return keeper.filter(kept -> kept.wasFull() || isAllButFull()).isPresent();
  }

  private boolean isAllButFull() {
    Exit exit =
        sandbox.run(
            sandbox
                .tool("stat", "-f", "-c", "%b %a %c %d", "/run/tree")
                .with(Bind.readOnly(tree(), "/run/tree")));
    Matcher space = SPACE.matcher(exit.output().strip());
    if (!space.matches()) {
      throw KilnException.dependency(
          "the kit's busybox does not tell the space that is left: " + exit.output().strip(),
          "Use the kit's own busybox-static");
    }
    return number(space, 2) < number(space, 1) / PART_LEFT
        || number(space, 4) < number(space, 3) / PART_LEFT;
  }

  private static long number(Matcher matcher, int group) {
    return Long.parseLong(matcher.group(group));
  }

  private void leaveMemory() {
    keeper.ifPresent(Keeper::close);
    keeper = Optional.empty();
  }

  @Override
  public void close() {
    if (keeper.isPresent()) {
      leaveMemory();
    } else {
      sandbox.empty(tree());
    }
  }
}
