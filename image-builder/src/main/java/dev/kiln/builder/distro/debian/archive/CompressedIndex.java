package dev.kiln.builder.distro.debian.archive;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.kiln.failure.KilnException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.tukaani.xz.LZMAInputStream;
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

  /** As the power of two of its bytes: 128 MiB, what {@code zstd --ultra} takes at most. */
  private static final int MOST_ZSTD_WINDOW = 27;

  /** What can be unpacked, the smallest first. */
  private static final List<String> FORMS = List.of(".xz", ".lzma", ".zst", ".bz2", ".gz", "");

  /**
   * Looks for {@code path} and every compressed form of it.
   *
   * @param path below the suite's directory, without an extension
   */
  static Optional<CompressedIndex> find(Release release, String path) {
    ReleaseFile plain = release.files().get(path);
    long most = plain == null ? MOST_UNPACKED : Math.min(plain.size(), MOST_UNPACKED);
    List<ReleaseFile> forms =
        FORMS.stream()
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
    String path = file.path();
    return switch (path.substring(path.lastIndexOf('/') + 1).replaceFirst("^[^.]*", "")) {
      case ".xz" -> new XZInputStream(in, MOST_XZ_MEMORY_KIB);
      case ".lzma" -> new LZMAInputStream(in, MOST_XZ_MEMORY_KIB);
      case ".zst" -> new ZstdInputStreamNoFinalizer(in).setLongMax(MOST_ZSTD_WINDOW);
      case ".bz2" -> new BZip2CompressorInputStream(in, true);
      case ".gz" -> new GZIPInputStream(in, 1 << 16);
      default -> in;
    };
  }
}
