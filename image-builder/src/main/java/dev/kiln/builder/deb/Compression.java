package dev.kiln.builder.deb;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.tukaani.xz.BasicArrayCache;
import org.tukaani.xz.XZInputStream;

/** How a member of a package is compressed, by the end of its name (deb(5)). */
enum Compression {
  NONE(""),
  GZIP(".gz"),
  XZ(".xz"),
  ZSTD(".zst");

  /** xz -9 needs 65 MiB to decode; a header may ask for 4 GiB. */
  private static final int XZ_MEMORY_KIB = 100 * 1024;

  private static final int BUFFER = 1 << 16;

  private final String suffix;

  Compression(String suffix) {
    this.suffix = suffix;
  }

  /** Finds out how {@code base}, such as {@code data.tar}, is compressed in a member. */
  static Compression of(String member, String base) throws HostileDeb {
    for (Compression compression : values()) {
      if (member.equals(base + compression.suffix)) {
        return compression;
      }
    }
    throw new HostileDeb("its member " + member + " is not known; there should be " + base);
  }

  /** The unpacked bytes; reading them may fail in many ways, some of them unchecked. */
  InputStream open(InputStream in) throws HostileDeb {
    try {
      return decoder(in);
    } catch (IOException | RuntimeException e) {
      throw damaged(e);
    }
  }

  /** A decoder's failure in our words; what is already in them stays. */
  static HostileDeb damaged(Exception failure) {
    return failure instanceof HostileDeb known
        ? known
        : new HostileDeb("its compressed data is damaged: " + failure.getMessage(), failure);
  }

  private InputStream decoder(InputStream in) throws IOException {
    return switch (this) {
      case NONE -> in;
      case GZIP ->
          GzipCompressorInputStream.builder()
              .setInputStream(new BufferedInputStream(in, BUFFER))
              .setDecompressConcatenated(true)
              .get();
      case XZ ->
          new XZInputStream(
              new BufferedInputStream(in, BUFFER),
              XZ_MEMORY_KIB,
              true,
              // Dictionaries of 8 MiB and more are used again instead of cleared for each package.
              BasicArrayCache.getInstance());
      case ZSTD -> new ZstdInputStreamNoFinalizer(in).setLongMax(27);
    };
  }
}
