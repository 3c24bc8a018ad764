package dev.kiln.builder.deb;

import dev.kiln.builder.lock.SampleLock;
import dev.kiln.failure.KilnException;
import dev.kiln.lock.LockedPackage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** Damages packages at random, and reads them: nothing but a refusal may come out. */
final class DebFuzzer {
  private static final String LIKELY = "0123456789 /.`\n\0";

  private final Random random;
  private final Path file;
  private int refused;

  DebFuzzer(long seed, Path file) {
    this.random = new Random(seed);
    this.file = file;
  }

  /** {@code SEED TIMES FILE DEB…}: as a process of its own, whose memory can be bounded. */
  public static void main(String[] arguments) throws IOException {
    DebFuzzer fuzzer = new DebFuzzer(Long.parseLong(arguments[0]), Path.of(arguments[2]));
    int times = Integer.parseInt(arguments[1]);
    for (int i = 3; i < arguments.length; i++) {
      Path deb = Path.of(arguments[i]);
      byte[] content = Files.readAllBytes(deb);
      LockedPackage identity = RealDebs.byName(deb, content);
      DebArchive.check(deb, identity);
      fuzzer.fuzz(content, identity, times);
    }
    System.out.println("refused " + fuzzer.refused());
  }

  /** How many were refused so far; the others were damaged where it does not matter. */
  int refused() {
    return refused;
  }

  void fuzz(byte[] deb, LockedPackage identity, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      read(damaged(deb), identity);
    }
  }

  void read(byte[] deb, LockedPackage identity) throws IOException {
    Files.write(file, deb);
    LockedPackage locked =
        SampleLock.binary(identity.name(), identity.version(), identity.architecture(), deb);
    try {
      new DebReader(locked, new Limits(200 << 20, 1000, 100_000, 8 << 20))
          .read(file, name -> OutputStream.nullOutputStream());
    } catch (KilnException e) {
      refused++;
    }
  }

  private byte[] damaged(byte[] deb) {
    byte[] bytes = deb.clone();
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      int at = random.nextInt(random.nextBoolean() ? Math.min(600, bytes.length) : bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes = Arrays.copyOf(bytes, at + 1);
        case 3 -> {
          int from = random.nextInt(bytes.length);
          int length = Math.min(random.nextInt(600), bytes.length - Math.max(from, at));
          System.arraycopy(bytes, from, bytes, at, length);
        }
        default -> bytes[at] = (byte) LIKELY.charAt(random.nextInt(LIKELY.length()));
      }
    }
    return bytes;
  }
}
