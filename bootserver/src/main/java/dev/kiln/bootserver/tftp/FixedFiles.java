package dev.kiln.bootserver.tftp;

import dev.kiln.bootserver.boot.LoaderName;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Exactly these files, by exactly these names. A name is looked up and never becomes a path, so
 * none can lead anywhere else. Leading slashes do not count: firmware writes both.
 */
public final class FixedFiles implements FileSource {
  private final Map<String, Path> files;

  public FixedFiles(Map<String, Path> files) {
    this.files =
        files.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(e -> withoutSlashes(e.getKey()), Map.Entry::getValue));
  }

  /** The boot programs of a server. */
  public static FixedFiles ofLoaders(Map<LoaderName, Path> loaders) {
    return new FixedFiles(
        loaders.entrySet().stream()
            .collect(Collectors.toMap(e -> e.getKey().text(), Map.Entry::getValue)));
  }

  @Override
  public Optional<FileContent> open(String name) throws IOException {
    Path file = files.get(withoutSlashes(name));
    return file == null ? Optional.empty() : Optional.of(new OpenFile(FileChannel.open(file)));
  }

  private static String withoutSlashes(String name) {
    return name.replaceFirst("^/+", "");
  }

  private static final class OpenFile implements FileContent {
    private final FileChannel channel;
    private final long size;

    private OpenFile(FileChannel channel) throws IOException {
      this.channel = channel;
      this.size = channel.size();
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public void read(ByteBuffer into, long position) throws IOException {
      long at = position;
      while (into.hasRemaining() && at < size) {
        int count = channel.read(into, at);
        if (count < 0) {
          throw new EOFException("the file became shorter while it was sent");
        }
        at += count;
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
