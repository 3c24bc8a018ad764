package dev.kiln.bootserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.http.ByteRange.Part;
import dev.kiln.bootserver.http.ByteRange.Unsatisfiable;
import dev.kiln.bootserver.http.ByteRange.Whole;
import dev.kiln.campaign.Campaign;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 0",
    "bytes=0-99, 0, 99",
    "bytes=0-, 0, 99",
    "bytes=99-, 99, 99",
    "bytes=10-1000, 10, 99",
    "bytes=-1, 99, 99",
    "bytes=-1000, 0, 99",
    "BYTES=5-6, 5, 6"
  })
  void findsThePartOfAFileOf100Bytes(String header, long first, long last) {
    assertThat(ByteRange.of(header, 100)).isEqualTo(new Part(first, last));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0", "bytes=999999999999999999-"})
  void refusesAPartThatTheFileDoesNotHave(String header) {
    assertThat(ByteRange.of(header, 100)).isEqualTo(new Unsatisfiable());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes=",
        "bytes=-",
        "bytes=5-4",
        "bytes=0-1,5-6",
        "lines=0-1",
        "bytes=a-b",
        "bytes=-1-2",
        "bytes=99999999999999999999-"
      })
  void givesTheWholeFileForWhatIsNoSingleRange(String header) {
    assertThat(ByteRange.of(header, 100)).isEqualTo(new Whole());
  }

  @Test
  void givesTheWholeFileWithoutAHeaderAndOfAnEmptyFileNoPart() {
    assertThat(ByteRange.of(null, 100)).isEqualTo(new Whole());
    assertThat(ByteRange.of("bytes=0-", 0)).isEqualTo(new Unsatisfiable());
    assertThat(ByteRange.of("bytes=-5", 0)).isEqualTo(new Unsatisfiable());
  }

  @Test
  void neverLeavesTheFileWhateverTheHeaderSays() {
    int parts =
        Campaign.count(
            100_000,
            random -> {
              String header = header(random);
              long size = random.nextInt(50);
              if (!(ByteRange.of(header, size) instanceof Part part)) {
                return false;
              }
              assertThat(0 <= part.first() && part.first() <= part.last() && part.last() < size)
                  .as("header '%s', size %d: %s", header, size, part)
                  .isTrue();
              return true;
            });

    assertThat(parts).isGreaterThan(1_000);
  }

  private static String header(Random random) {
    String alphabet = random.nextBoolean() ? "0123456789-" : "bytes=0123456789-,  \tB";
    StringBuilder header = new StringBuilder(random.nextBoolean() ? "bytes=" : "");
    for (int n = random.nextInt(12); n > 0; n--) {
      header.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return header.toString();
  }
}
