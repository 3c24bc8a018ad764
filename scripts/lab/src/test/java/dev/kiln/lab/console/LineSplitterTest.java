package dev.kiln.lab.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineSplitterTest {
  private final List<String> lines = new ArrayList<>();
  private final LineSplitter splitter = new LineSplitter(lines::add);

  @Test
  void joinsALineThatComesInPieces() {
    print("Linux ver");
    print("sion 6.1\r\nnext\r\n");

    assertThat(lines).containsExactly("Linux version 6.1", "next");
  }

  @Test
  void dropsWhatOnlyATerminalUnderstands() {
    print("\u001b[2J\u001b[01;01H\u001b[0;37mBdsDxe: \u001b[1;32mstarting\u001b[0m\u0007\n");

    assertThat(lines).containsExactly("BdsDxe: starting");
  }

  @Test
  void showsALineThatIsWrittenOverAndOverOnce() {
    print("[*  ] A start job is running (3s)\r[ * ] A start job is running (4s)\r");
    print("Downloading...1%\rDownloading...2%\rDone\r\n");

    assertThat(lines)
        .containsExactly("[*  ] A start job is running (3s)", "Downloading...1%", "Done");
  }

  @Test
  void showsLinesThatDifferInNumbersOnlyWhereEachEnds() {
    print("fetched 1 of 2\r\nfetched 2 of 2\r\n");

    assertThat(lines).containsExactly("fetched 1 of 2", "fetched 2 of 2");
  }

  @Test
  void keepsEmptyLinesAndTheLastLineWithoutItsEnd() {
    print("one\n\ntwo");
    splitter.end();

    assertThat(lines).containsExactly("one", "", "two");
  }

  @Test
  void takesAnyBytesWithoutALineGrowingBeyondBounds() {
    long seed = System.nanoTime();
    byte[] noise = new byte[1 << 20];
    new Random(seed).nextBytes(noise);

    splitter.accept(noise, noise.length);
    splitter.end();

    assertThat(lines).as("seed %d", seed).isNotEmpty().allMatch(line -> line.length() <= 4096);
    assertThat(String.join("", lines)).as("seed %d", seed).doesNotContain("\u0007", "\r", "\u0000");
  }

  private void print(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    splitter.accept(bytes, bytes.length);
  }
}
