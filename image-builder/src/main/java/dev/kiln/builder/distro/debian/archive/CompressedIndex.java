package dev.kiln.builder.distro.debian.archive;

import dev.kiln.failure.KilnException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The best form in which a suite offers an index.
 *
 * @param file what is fetched
 * @param most bytes it may unpack to
 */
record CompressedIndex(ReleaseFile file, long most) {
  /** An index larger than this is refused before it is fetched. */
  private static final long MOST_COMPRESSED = 256L << 20;

  /** Where the Release file does not say how large the index is when unpacked. */
  private static final long MOST_UNPACKED = 1L << 30;

  /** Real indexes are made with dictionaries of at most 64 MiB ({@code xz -9}). */
  private static final int MOST_XZ_MEMORY_KIB = 128 << 10;

  /**
   * Looks for {@code path.xz}, {@code path.gz} and {@code path} itself.
   *
   * @param path below the suite's directory, without an extension
   */
  static Optional<CompressedIndex> find(Release release, String path) {
    ReleaseFile plain = release.files().get(path);
    long most = plain == null ? MOST_UNPACKED : Math.min(plain.size(), MOST_UNPACKED);
    List<ReleaseFile> forms =
        Stream.of(".xz", ".gz", "")
            .flatMap(
                extension -> Optional.ofNullable(release.files().get(path + extension)).stream())
            .toList();
    Optional<ReleaseFile> best =
        forms.stream().filter(file -> file.size() <= MOST_COMPRESSED).findFirst();
    if (best.isEmpty() && !forms.isEmpty()) {
      throw KilnException.input(
          path + " of the suite is larger than " + MOST_COMPRESSED + " bytes in every form",
          "Name fewer components, or another repository");
    }
    return best.map(file -> new CompressedIndex(file, most));
  }

  /** Unpacks while it is read; fails where more comes than the Release file said. */
  InputStream decompress(byte[] compressed) throws IOException {
    return new LimitedInputStream(open(new ByteArrayInputStream(compressed)), most);
  }

  private InputStream open(InputStream in) throws IOException {
    if (file.path().endsWith(".xz")) {
      return new XZInputStream(in, MOST_XZ_MEMORY_KIB);
    }
    return file.path().endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in;
  }
}
