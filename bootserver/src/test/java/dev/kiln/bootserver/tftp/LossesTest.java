package dev.kiln.bootserver.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LossesTest {
  private static final int PACKETS = 2_000;

  @Test
  void doesTheSameToEachPacketInWhateverOrderTheyCome() {
    List<Integer> order = numbers();
    Collections.shuffle(order, new Random(1));

    assertThat(copies(7, order)).isEqualTo(copies(7, numbers()));
    assertThat(copies(8, order)).isNotEqualTo(copies(7, order));
  }

  @Test
  void losesAboutATenthAndDoublesSome() {
    Map<Integer, Integer> copies = copies(7, numbers());

    assertThat(Collections.frequency(copies.values(), 0)).isBetween(150, 250);
    assertThat(Collections.frequency(copies.values(), 2)).isBetween(60, 140);
  }

  /** Else a transfer could never end. */
  @Test
  void letsAPacketThroughThatIsRepeated() {
    Losses losses = new Losses(7);
    for (int number : numbers()) {
      int times = 0;
      while (losses.copies(packet(number)) == 0) {
        times++;
        assertThat(times).isLessThan(10);
      }
    }
  }

  private static Map<Integer, Integer> copies(long seed, List<Integer> order) {
    Losses losses = new Losses(seed);
    Map<Integer, Integer> copies = new HashMap<>();
    order.forEach(number -> copies.put(number, losses.copies(packet(number))));
    return copies;
  }

  private static ByteBuffer packet(int number) {
    return ByteBuffer.allocate(8).putShort((short) 4).putInt(number).rewind();
  }

  private static List<Integer> numbers() {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < PACKETS; i++) {
      numbers.add(i);
    }
    return numbers;
  }
}
