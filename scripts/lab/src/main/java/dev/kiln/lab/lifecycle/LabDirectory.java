package dev.kiln.lab.lifecycle;

import dev.kiln.failure.KilnException;
import dev.kiln.file.DirectoryMark;
import dev.kiln.lab.network.Namespace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where one lab keeps its files: a directory that has its mark, for a lab removes what the one
 * before it left. Its keeper holds a lock on it, which the kernel takes back when the keeper dies
 * in any way: so a lab is up exactly while the lock is held.
 */
public record LabDirectory(Path path) {
  private static final DirectoryMark MARK =
      new DirectoryMark(
          "kiln-lab",
          List.of("This directory is a lab of Kiln's: 'lab up' removes what is in it."));

  private static final String LOCK = "lock";
  private static final Pattern OF_A_LAB =
      Pattern.compile("lab[.]json|ssh|bootserver|machines|[a-z]+[.]log");

  public LabDirectory {
    path = path.toAbsolutePath().normalize();
  }

  /** The lock, held until it is closed or the process ends. */
  public record Claim(FileChannel channel) implements AutoCloseable {
    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw KilnException.io("release a lab's lock", e);
      }
    }
  }

  /** The network namespace that belongs to this directory and to no other. */
  public Namespace namespace() {
    return Namespace.of(path);
  }

  public Path state() {
    return path.resolve("lab.json");
  }

  public Path key() {
    return path.resolve("ssh/id_ecdsa");
  }

  public Path knownHosts() {
    return path.resolve("ssh/known_hosts");
  }

  public Path bootServer() {
    return path.resolve("bootserver");
  }

  /** The log of a part of the lab that is no machine. */
  public Path log(String part) {
    return path.resolve(part + ".log");
  }

  /** A machine's own directory. */
  public Path machine(String name) {
    return path.resolve("machines").resolve(name);
  }

  public Path console(String machine) {
    return machine(machine).resolve("console.log");
  }

  /**
   * Takes the lock for this process; empty where another one holds it.
   *
   * @throws KilnException where the directory holds other files than a lab's
   */
  public Optional<Claim> claim() {
    try {
      Files.createDirectories(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      requireOwn();
      FileChannel channel =
          FileChannel.open(lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        return Optional.empty();
      }
      byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
      channel.truncate(0).write(ByteBuffer.wrap(pid));
      return Optional.of(new Claim(channel));
    } catch (IOException e) {
      throw KilnException.io("lock the lab's directory " + path, e);
    }
  }

  private void requireOwn() throws IOException {
    // Labs had no mark at first.
    if (!MARK.putOn(
        path, names -> names.contains(LOCK) && names.stream().allMatch(LabDirectory::isOwn))) {
      throw KilnException.input(
          path + " holds other files, and is no lab's directory",
          "Choose another --name, or another directory by the variable KILN_LAB_HOME");
    }
  }

  private static boolean isOwn(String name) {
    return name.equals(LOCK) || OF_A_LAB.matcher(name).matches();
  }

  /** Whether a keeper holds the lock. */
  public boolean isUp() {
    Optional<Claim> claim = claim();
    claim.ifPresent(Claim::close);
    return claim.isEmpty();
  }

  /** The process that holds the lock. Ask only where {@link #claim} was refused. */
  public Optional<ProcessHandle> keeper() {
    try {
      return ProcessHandle.of(Long.parseLong(Files.readString(lock()).strip()));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Removes what an earlier lab left. */
  void empty() {
    try (Stream<Path> entries = Files.list(path)) {
      for (Path entry : entries.toList()) {
        if (OF_A_LAB.matcher(String.valueOf(entry.getFileName())).matches()) {
          delete(entry);
        }
      }
      Files.createDirectories(key().getParent());
    } catch (IOException e) {
      throw KilnException.io("empty the lab's directory " + path, e);
    }
  }

  private static void delete(Path root) throws IOException {
    List<Path> entries;
    try (Stream<Path> walk = Files.walk(root)) {
      // Links to images are removed, not followed.
      entries = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path entry : entries) {
      Files.delete(entry);
    }
  }

  private Path lock() {
    return path.resolve(LOCK);
  }

  private static @org.jspecify.annotations.Nullable FileLock tryLock(FileChannel channel)
      throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }
}
