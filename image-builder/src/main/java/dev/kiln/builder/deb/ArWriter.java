package dev.kiln.builder.deb;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** Writes an ar archive whose members' sizes are known only when they end. Its times are 1970. */
final class ArWriter implements DebReader.Members, AutoCloseable {
  private final FileChannel channel;

  ArWriter(Path file) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    write(ascii("!<arch>\n"));
  }

  @Override
  public OutputStream begin(String name) throws IOException {
    long at = channel.position();
    write(header(name, 0));
    return new OutputStream() {
      private long size;

      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        ArWriter.this.write(ByteBuffer.wrap(bytes, offset, length));
        size += length;
      }

      @Override
      public void close() throws IOException {
        if (size % 2 == 1) {
          ArWriter.this.write(ascii("\n"));
        }
        channel.write(header(name, size), at);
      }
    };
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static ByteBuffer header(String name, long size) {
    return ascii(
        String.format(
            Locale.ROOT, "%-16s%-12d%-6d%-6d%-8s%-10d`\n", name, 0, 0, 0, "100644", size));
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
