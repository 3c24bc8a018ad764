package dev.kiln.bootserver.boot;

import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The boot programs, held in memory for every protocol: whoever sends one never waits for a disk. A
 * look reads what changed; what cannot be read stays as it was.
 */
public final class KeptLoaders {
  private static final Logger LOG = LoggerFactory.getLogger(KeptLoaders.class);

  /** Bytes of one program; iPXE has one million. */
  private static final int LARGEST = 16 << 20;

  private final Map<LoaderName, Path> files;
  private final Map<LoaderName, String> complained = new HashMap<>();
  private volatile Map<LoaderName, Kept> kept = Map.of();

  /** What a file looked like when it was read. */
  private record Look(Object modified, long size, String file) {
    static Look at(Path path) throws IOException {
      BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
      return new Look(found.lastModifiedTime(), found.size(), String.valueOf(found.fileKey()));
    }
  }

  private record Kept(Look look, LoaderProgram program) {}

  /** Reads them. Blocks; what is not there is said in the log, and looked for again. */
  public KeptLoaders(Map<LoaderName, Path> files) {
    this.files = Map.copyOf(files);
    refresh();
  }

  /** A program by the name that it is asked for. On any thread, never blocks. */
  public Optional<LoaderProgram> find(LoaderName name) {
    return Optional.ofNullable(kept.get(name)).map(Kept::program);
  }

  /** Looks again. Blocks; throws nothing that a later look mends. */
  public synchronized void refresh() {
    Map<LoaderName, Kept> now = new HashMap<>(kept);
    for (Map.Entry<LoaderName, Path> file : files.entrySet()) {
      try {
        take(file.getKey(), file.getValue(), now);
        complained.remove(file.getKey());
      } catch (IOException e) {
        complain(file.getKey(), KilnException.reason(e));
      }
    }
    kept = Map.copyOf(now);
  }

  private static void take(LoaderName name, Path file, Map<LoaderName, Kept> now)
      throws IOException {
    Look look = Look.at(file);
    Kept before = now.get(name);
    if (before != null && before.look().equals(look)) {
      return;
    }
    byte[] octets = read(file);
    // Else it was being written while it was read: the next look finds it whole.
    if (octets.length == look.size() && Look.at(file).equals(look)) {
      now.put(name, new Kept(look, new LoaderProgram(octets)));
    }
  }

  private static byte[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] octets = in.readNBytes(LARGEST + 1);
      if (octets.length > LARGEST) {
        throw new IOException("it has more than " + LARGEST + " bytes");
      }
      return octets;
    }
  }

  /** Said once for each reason, not every few seconds. */
  private void complain(LoaderName name, String reason) {
    if (!reason.equals(complained.put(name, reason))) {
      LOG.warn("The boot program '{}' is not taken: {}", name, reason);
    }
  }
}
