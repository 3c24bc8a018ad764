package dev.kiln.builder.gomod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.fetch.Fetcher;
import dev.kiln.builder.fetch.Mirror;
import dev.kiln.builder.fetch.Patience;
import dev.kiln.builder.progress.RecordingProgress;
import dev.kiln.file.InputFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checksum database that nobody reaches: neither the proxy passes it on, nor is it there. */
class SilentDatabaseTest {
  private static final String NAME = "127.0.0.1:1";
  private static final String HASH = "h1:A2VDEiObzkYqFTKhSsn0ZEb0RlLEXpHWj93gi2HqEwE=";

  private static final Patience IMPATIENT =
      new Patience(Duration.ofMillis(500), Duration.ofSeconds(2), 1, Duration.ofMillis(1));

  /** With many builds each wait would be as long as the first. */
  @Test
  void isAskedOnceInARunAndTheRestIsSaid(@TempDir Path directory) throws Exception {
    String key = new SampleChecksums(NAME, Map.of(), 1).key();
    ChecksumSettings settings =
        ChecksumSettings.of(GoSettings.read(Map.of("GOSUMDB", key), new InputFiles()));
    RecordingProgress progress = new RecordingProgress();
    try (Mirror mirror = new Mirror();
        Fetcher fetcher = new Fetcher(new Cache(directory), progress, Map.of(), IMPATIENT)) {
      mirror.serve("/", exchange -> Mirror.answer(exchange, 404));
      ChecksumDatabase database =
          new ChecksumDatabase(
              fetcher,
              ModuleProxies.parse(mirror.address("").toString(), "the test").checkedBy(settings));

      database.confirm("one", hashes("up.example/tool"));
      List<String> asked = List.copyOf(mirror.requests());
      database.confirm("other", hashes("up.example/api"));

      assertThat(asked).isNotEmpty();
      assertThat(mirror.requests()).isEqualTo(asked);
    }
    assertThat(progress.events())
        .filteredOn(event -> event.startsWith("note "))
        .hasSize(2)
        .allMatch(event -> event.contains("does not answer"))
        .anyMatch(event -> event.contains("'other'"));
  }

  private static Map<GoSum.Entry, String> hashes(String module) {
    return GoSum.parse("the test", module + " v1.0.0 " + HASH + "\n").hashes();
  }
}
