package dev.kiln.builder.cache;

import dev.kiln.file.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A process of its own that makes the same blobs and entries as every other one, and checks those
 * it finds: {@code ROOT LOG COUNT}. Two threads work through them from either end. Each step is a
 * line of output; each thing made is a line in the log.
 */
final class CacheWorker {
  private final Cache cache;
  private final Path log;

  private CacheWorker(Path root, Path log) {
    this.cache = new Cache(root);
    this.log = log;
  }

  public static void main(String[] arguments) throws Exception {
    CacheWorker worker = new CacheWorker(Path.of(arguments[0]), Path.of(arguments[1]));
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
      numbers.add(i);
    }
    List<Integer> reversed = new ArrayList<>(numbers);
    Collections.reverse(reversed);
    Thread other = new Thread(() -> worker.work(reversed));
    // A failure of either thread has to be seen from outside.
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          failure.printStackTrace();
          System.exit(1);
        });
    other.start();
    worker.work(numbers);
    other.join();
  }

  private void work(List<Integer> numbers) {
    try {
      for (int number : numbers) {
        blob(number);
        file(number);
        directory(number);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void blob(int number) throws IOException {
    byte[] content = content(number, 200_000);
    Path blob =
        cache.blob(
            Digest.of(content),
            writer -> {
              made("blob", number);
              while (writer.position() < content.length) {
                int n = (int) Math.min(20_000, content.length - writer.position());
                writer.write(ByteBuffer.wrap(content, (int) writer.position(), n));
                say("writing");
              }
            });
    require(blob, content);
  }

  private void file(int number) throws IOException {
    byte[] content = content(number, 100_000);
    require(
        cache
            .entry(
                "file",
                Digest.of("" + number),
                target -> {
                  made("file", number);
                  Files.write(target, content);
                  say("made");
                })
            .path(),
        content);
  }

  private void directory(int number) throws IOException {
    CacheEntry entry =
        cache.entry(
            "directory",
            Digest.of("" + number),
            target -> {
              made("directory", number);
              for (int i = 0; i < 10; i++) {
                Path file = target.resolve("d" + i).resolve("f");
                Files.createDirectories(target.resolve("d" + i));
                Files.write(file, content(i, 1000));
                say("making");
              }
            });
    entry.check();
    for (int i = 0; i < 10; i++) {
      require(entry.path().resolve("d" + i).resolve("f"), content(i, 1000));
    }
  }

  private void made(String kind, int number) throws IOException {
    Files.writeString(
        log, kind + " " + number + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static void require(Path file, byte[] content) throws IOException {
    say("found");
    if (!Digest.of(file).equals(Digest.of(content))) {
      throw new IOException(file + " is not what it should be");
    }
  }

  private static void say(String word) {
    System.out.println(word);
  }

  private static byte[] content(int seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
