package dev.kiln.bootserver.tftp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out a file block by block without ever waiting for the disk on the event loop: while the
 * blocks of one chunk are sent, the next chunk is read on another thread.
 */
final class BlockReader {
  private static final Logger log = LoggerFactory.getLogger(BlockReader.class);
  private static final int CHUNK = 64 * 1024;

  private final FileContent content;
  private final int blockSize;
  private final int blocksInChunk;
  private final Executor files;
  private final Executor loop;
  private long index = -1;
  private ByteBuffer chunk = ByteBuffer.allocate(0);
  private ByteBuffer spare = ByteBuffer.allocate(0);
  private CompletableFuture<ByteBuffer> next;

  /**
   * Starts to read.
   *
   * @param files runs what may block
   * @param loop completes the blocks, and is where {@link #block} is called
   */
  BlockReader(FileContent content, int blockSize, Executor files, Executor loop) {
    this.content = content;
    this.blockSize = blockSize;
    // A chunk ends where a block ends.
    this.blocksInChunk = Math.max(1, CHUNK / blockSize);
    this.files = files;
    this.loop = loop;
    this.next = read(0, spare);
  }

  /** The octets of a block, numbered from 1; called for each in turn, any number of times. */
  CompletionStage<ByteBuffer> block(long number) {
    if ((number - 1) / blocksInChunk == index) {
      return CompletableFuture.completedStage(slice(number));
    }
    return next.thenApplyAsync(
        filled -> {
          takeUp(filled, (number - 1) / blocksInChunk);
          return slice(number);
        },
        loop);
  }

  private void takeUp(ByteBuffer filled, long wanted) {
    if (wanted != index) {
      spare = chunk;
      chunk = filled;
      index = wanted;
      next = read(index + 1, spare);
    }
  }

  private CompletableFuture<ByteBuffer> read(long ofIndex, ByteBuffer buffer) {
    long chunkSize = (long) blocksInChunk * blockSize;
    long start = ofIndex * chunkSize;
    int length = (int) Math.max(0, Math.min(chunkSize, content.size() - start));
    return CompletableFuture.supplyAsync(
        () -> {
          ByteBuffer into =
              buffer.capacity() >= length ? buffer.clear() : ByteBuffer.allocate(length);
          try {
            content.read(into.limit(length), start);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return into.flip();
        },
        files);
  }

  private ByteBuffer slice(long number) {
    int from = (int) ((number - 1) % blocksInChunk) * blockSize;
    return chunk.slice(from, Math.min(blockSize, chunk.limit() - from));
  }

  /** Closes the file as soon as nothing is read from it any more. */
  void close() {
    next = next.whenCompleteAsync((filled, failure) -> closeContent(), files);
  }

  private void closeContent() {
    try {
      content.close();
    } catch (IOException e) {
      log.warn("a file served by TFTP could not be closed", e);
    }
  }
}
