package dev.kiln.builder.deb;

import dev.kiln.builder.lock.SampleLock;
import dev.kiln.campaign.Campaign;
import dev.kiln.failure.KilnException;
import dev.kiln.lock.LockedPackage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages packages at random, and reads them: nothing but a refusal may come out. */
final class DebFuzzer {
  private static final String LIKELY = "0123456789 /.`\n\0";

  private final Path file;

  /** Writes each damaged package to the file. */
  DebFuzzer(Path file) {
    this.file = file;
  }

  /** {@code ROUNDS FILE DEB…}: as a process of its own, whose memory can be bounded. */
  public static void main(String[] arguments) throws IOException {
    int rounds = Integer.parseInt(arguments[0]);
    DebFuzzer fuzzer = new DebFuzzer(Path.of(arguments[1]));
    List<byte[]> debs = new ArrayList<>();
    List<LockedPackage> identities = new ArrayList<>();
    for (int i = 2; i < arguments.length; i++) {
      Path deb = Path.of(arguments[i]);
      debs.add(Files.readAllBytes(deb));
      identities.add(RealDebs.byName(deb, debs.get(i - 2)));
      DebArchive.check(deb, identities.get(i - 2));
    }
    int refused =
        Campaign.count(
            rounds,
            random -> {
              int one = random.nextInt(debs.size());
              return fuzzer.refuses(damaged(debs.get(one), random), identities.get(one));
            });
    System.out.println("refused " + refused);
  }

  /** Whether it is refused, where it calls itself as the sound package does. */
  boolean refuses(byte[] deb, LockedPackage identity) throws IOException {
    Files.write(file, deb);
    LockedPackage locked =
        SampleLock.binary(identity.name(), identity.version(), identity.architecture(), deb);
    try {
      new DebReader(locked, new Limits(200 << 20, 1000, 100_000, 8 << 20))
          .read(file, name -> OutputStream.nullOutputStream());
      return false;
    } catch (KilnException e) {
      return true;
    }
  }

  /** A package damaged in one to four places. */
  static byte[] damaged(byte[] deb, Random random) {
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
