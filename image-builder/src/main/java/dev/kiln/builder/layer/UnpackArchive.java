package dev.kiln.builder.layer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kiln.failure.KilnException;
import dev.kiln.failure.Shown;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Puts the files of an upstream tar.gz into a layer. Only directories, regular files and links that
 * stay below the target are taken; sizes are bounded before they are trusted.
 */
public final class UnpackArchive {
  private static final long MOST_BYTES = 4L << 30;
  private static final int MOST_ENTRIES = 100_000;

  private final String name;
  private final String target;
  private final int strip;
  private long bytes;
  private int entries;

  /**
   * Prepares.
   *
   * @param name of the pin, for messages
   * @param target absolute directory in the image
   * @param strip leading segments of each entry's name that are left away
   */
  public UnpackArchive(String name, String target, int strip) {
    this.name = name;
    this.target = target;
    this.strip = strip;
  }

  /**
   * Adds the archive's files to a tree.
   *
   * @throws KilnException of kind INPUT where it is no sound tar.gz
   */
  public void unpack(Path archive, LayerTree tree) throws IOException {
    int added = 0;
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive), 1 << 16);
        TarArchiveInputStream in = new TarArchiveInputStream(gunzip(file), UTF_8.name())) {
      for (Optional<TarArchiveEntry> next = next(in); next.isPresent(); next = next(in)) {
        TarArchiveEntry entry = next.get();
        count(entry);
        Optional<String> path = pathOf(entry);
        if (path.isPresent() && !entry.isDirectory()) {
          add(entry, path.get(), in, tree);
          added++;
        }
      }
    }
    if (added == 0) {
      throw KilnException.input(
          "the archive of pin '" + name + "' brings no file",
          "Look at its 'strip:', which is " + strip + ", or pin another archive");
    }
  }

  private InputStream gunzip(InputStream file) {
    try {
      return GzipCompressorInputStream.builder()
          .setInputStream(file)
          .setDecompressConcatenated(true)
          .get();
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  private Optional<TarArchiveEntry> next(TarArchiveInputStream in) {
    try {
      return Optional.ofNullable(in.getNextEntry());
    } catch (IOException | IllegalArgumentException e) {
      throw damaged(e);
    }
  }

  private void add(TarArchiveEntry entry, String path, TarArchiveInputStream in, LayerTree tree)
      throws IOException {
    if (entry.isSymbolicLink()) {
      String link = entry.getLinkName();
      Path end = Path.of(path).resolveSibling(link).normalize();
      if (link.startsWith("/") || !end.startsWith(target)) {
        throw refuse(entry, "is a link that leaves " + target);
      }
      tree.addLink(path, link);
    } else if (isRegular(entry)) {
      tree.addFile(path, new Content(in), (entry.getMode() & 0111) == 0 ? 0644 : 0755);
    } else {
      throw refuse(entry, "is neither a file nor a symbolic link");
    }
  }

  /** The type flags of plain files (POSIX ustar); isFile() also says yes to devices. */
  private static boolean isRegular(TarArchiveEntry entry) {
    return entry.getLinkFlag() == TarConstants.LF_NORMAL
        || entry.getLinkFlag() == TarConstants.LF_OLDNORM;
  }

  /** Its place in the image; empty where nothing of its name is left. */
  private Optional<String> pathOf(TarArchiveEntry entry) {
    String plain = entry.getName().replaceFirst("^(\\./)+", "");
    if (plain.startsWith("/") || ("/" + plain + "/").contains("/../") || plain.indexOf('\0') >= 0) {
      throw refuse(entry, "leaves its directory");
    }
    String[] segments = plain.split("/");
    if (segments.length <= strip || plain.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        target + "/" + String.join("/", Arrays.asList(segments).subList(strip, segments.length)));
  }

  private void count(TarArchiveEntry entry) {
    entries++;
    bytes += Math.max(0, entry.getSize());
    if (entries > MOST_ENTRIES || bytes > MOST_BYTES || entry.getSize() < 0) {
      throw refuse(entry, "makes the archive larger than any program");
    }
  }

  private KilnException damaged(Exception cause) {
    return new KilnException(
        KilnException.Kind.INPUT,
        "the archive of pin '" + name + "' is no sound tar.gz: " + cause.getMessage(),
        "Use 'install:' for a file that is no archive, or pin another one",
        cause);
  }

  private KilnException refuse(TarArchiveEntry entry, String what) {
    return KilnException.input(
        "the archive of pin '" + name + "': '" + Shown.of(entry.getName(), 200) + "' " + what,
        "Do not use this archive");
  }

  /** Tells a damaged archive from a tree that cannot be written. */
  private final class Content extends FilterInputStream {
    Content(InputStream in) {
      super(in);
    }

    @Override
    public int read() {
      try {
        return in.read();
      } catch (IOException e) {
        throw damaged(e);
      }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      try {
        return in.read(buffer, offset, length);
      } catch (IOException e) {
        throw damaged(e);
      }
    }
  }
}
