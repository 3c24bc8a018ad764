package dev.kiln.builder.gomod;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.fetch.Fetcher;
import dev.kiln.builder.fetch.Mirror;
import dev.kiln.builder.fetch.Patience;
import dev.kiln.builder.progress.RecordingProgress;
import dev.kiln.failure.KilnException;
import dev.kiln.file.InputFiles;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksumDatabaseTest {
  /** Nobody listens there: whoever asks the database itself gets no answer. */
  private static final String NAME = "127.0.0.1:1";

  private static final String ROOT = "/sumdb/" + NAME + "/";

  /** More than a whole tile on two levels, and a part of one on three. */
  private static final int SIZE = 66_000;

  private static final String TOOL = "lookup/up.example/!tool@v1.0.0";
  private static final String A = "h1:A2VDEiObzkYqFTKhSsn0ZEb0RlLEXpHWj93gi2HqEwE=";
  private static final String B = "h1:zAK7e3i5feyBL/bhucQnA5VRKuyrS8F+ijHJkZzQaWw=";

  private final Map<String, String> environment = new HashMap<>();
  private static Map<Integer, String> records;
  private static SampleChecksums sums;
  @TempDir private Path directory;
  private RecordingProgress progress;
  private Mirror mirror;
  private Cache cache;

  @BeforeAll
  static void tell() throws GeneralSecurityException {
    records = new TreeMap<>();
    for (int number : new int[] {0, 1, 255, 256, 65_535, 65_536, 65_791, 65_792, SIZE - 1}) {
      records.put(number, lines("n.example/m" + number));
    }
    records.put(40_000, lines("up.example/Tool"));
    sums = new SampleChecksums(NAME, records, SIZE);
  }

  @BeforeEach
  void start() throws IOException {
    progress = new RecordingProgress();
    mirror = new Mirror();
    cache = new Cache(directory.resolve(String.valueOf(mirror.address("").getPort())));
    environment.clear();
    environment.put("GOSUMDB", sums.key());
  }

  @AfterEach
  void stop() {
    mirror.close();
  }

  @Test
  void confirmsRecordsAnywhereInTheTreeAndAsksForNothingTwice() {
    sums.serve(mirror, ROOT);

    confirm(String.join("", records.values()));

    assertThat(notes()).isEmpty();
    assertThat(mirror.requests())
        .doesNotHaveDuplicates()
        .contains("GET " + ROOT + "supported", "GET " + ROOT + TOOL)
        .contains("GET " + ROOT + "tile/8/0/000", "GET " + ROOT + "tile/8/0/257.p/208")
        .contains("GET " + ROOT + "tile/8/1/000", "GET " + ROOT + "tile/8/1/001.p/1")
        .contains("GET " + ROOT + "tile/8/2/000.p/1");
  }

  @Test
  void remembersWhatWasConfirmed() {
    sums.serve(mirror, ROOT);
    confirm(lines("up.example/Tool"));
    int asked = mirror.requests().size();

    confirm(lines("up.example/Tool"));

    assertThat(mirror.requests()).hasSize(asked);
    assertThat(notes()).isEmpty();
  }

  @Test
  void refusesAnotherHashThanEverybodyElseGotAndDoesNotRememberIt() {
    sums.serve(mirror, ROOT);

    for (int time = 0; time < 2; time++) {
      assertThat(refusal(lines("up.example/Tool").replace(A, B)))
          .contains("up.example/Tool v1.0.0 has the hash " + B + " here, and " + A + " in " + NAME)
          .contains("gives another module than everybody else got");
    }
    assertThat(refusal("up.example/Tool v1.0.0/go.mod " + A + "\n"))
        .contains("up.example/Tool v1.0.0/go.mod has the hash " + A + " here, and " + B);
  }

  @Test
  void refusesASignatureOfAnotherKey() throws GeneralSecurityException {
    SampleChecksums other = new SampleChecksums(NAME, records, SIZE);
    lookupIs(other.lookup(TOOL));

    assertThat(refusal()).contains("has no good signature of " + NAME);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1.0.0", "go.sum database tree", "66000", "\u2014 "})
  void refusesWhatWasChangedAfterItWasSigned(String word) {
    String told = sums.lookup(TOOL);
    int at = told.lastIndexOf(word);
    lookupIs(told.substring(0, at) + "9" + told.substring(at + 1));

    assertThat(refusal()).contains("Name another proxy (GOPROXY)");
  }

  @Test
  void refusesASignatureWithAnotherBit() {
    StringBuilder told = new StringBuilder(sums.lookup(TOOL));
    int at = told.length() - 20;
    told.setCharAt(at, told.charAt(at) == 'A' ? 'B' : 'A');
    lookupIs(told.toString());

    assertThat(refusal()).contains("has no good signature of " + NAME);
  }

  @Test
  void refusesARecordAtAnotherPlace() {
    lookupIs(sums.lookup(TOOL).replaceFirst("40000", "40001"));

    assertThat(refusal()).contains("is not in the tree that " + NAME + " signed");
  }

  @Test
  void refusesANumberThatTheTreeDoesNotHave() {
    lookupIs(sums.lookup(TOOL).replaceFirst("40000", String.valueOf(SIZE)));

    assertThat(refusal()).contains("has the number 66000 in a tree of 66000");
  }

  @Test
  void refusesARecordOfAnotherModule() {
    lookupIs(sums.lookup("lookup/n.example/m255@v1.0.0"));

    assertThat(refusal()).contains("has no hash of up.example/Tool v1.0.0");
  }

  @Test
  void refusesAMadeUpRecordBelowAGoodHead() {
    lookupIs(sums.lookup(TOOL).replace(A, B));
    String wrong = lines("up.example/Tool").replace(A, B);

    assertThat(refusal(wrong)).contains("is not in the tree that " + NAME + " signed");
  }

  @Test
  void refusesAnotherNoteOfTheSameKey() {
    lookupIs(sums.lookup(TOOL).replace(sums.head(SIZE), sums.signed("another tree\n1\nx\n")));

    assertThat(refusal()).contains("has no 'go.sum database tree'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\n\n", "<html>any</html>", "1\n\n", "-1\nx\n\ny", "1\nx\n\n"})
  void refusesWhatIsNoAnswer(String answer) {
    lookupIs(answer);

    assertThat(refusal()).contains("what " + NAME + " is said to have of up.example/Tool v1.0.0");
  }

  @Test
  void refusesAnAnswerThatIsTooLong() {
    lookupIs(sums.lookup(TOOL) + "x".repeat(64 << 10));

    assertThat(refusal()).contains("gives more than the 65536 bytes that are allowed");
  }

  @Test
  void refusesAWrongTile() {
    tileIs(new byte[8192]);

    assertThat(refusal()).contains("is not in the tree that " + NAME + " signed");
  }

  @Test
  void refusesATileThatIsTooShort() {
    tileIs(new byte[8191]);

    assertThat(refusal()).contains("the tile/8/0/156 of " + NAME + " has only 8191 bytes");
  }

  @Test
  void refusesATileThatIsTooLong() {
    tileIs(new byte[8193]);

    assertThat(refusal()).contains("gives more than the 8192 bytes that are allowed");
  }

  @Test
  void takesAWholeTileWhereItsPartIsThereNoMore() {
    lookupIs(sums.lookup(TOOL, 65_700));
    mirror.serve(ROOT + "tile/8/0/256.p/", exchange -> Mirror.answer(exchange, 404));

    confirm(lines("up.example/Tool"));

    assertThat(notes()).isEmpty();
    assertThat(mirror.requests())
        .contains("GET " + ROOT + "tile/8/0/256.p/164", "GET " + ROOT + "tile/8/0/256");
  }

  @Test
  void provesAllInTheLargestTreeOfThoseThatItIsToldOf() {
    lookupIs(sums.lookup(TOOL, 65_700));

    confirm(lines("n.example/m255") + lines("up.example/Tool"));

    assertThat(notes()).isEmpty();
    assertThat(mirror.requests()).noneMatch(request -> request.contains("256.p/164"));
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410, 403, 500})
  void saysWhatNobodyConfirmedWhereNoProxyPassesItOn(int status) {
    mirror.serve(ROOT, exchange -> Mirror.answer(exchange, status));

    confirm(lines("up.example/Tool"));

    assertThat(notes())
        .singleElement()
        .asString()
        .startsWith(
            "note the build 'tool' is trusted for 2 of its hashes, which nobody confirmed: "
                + NAME
                + " does not answer (cannot fetch what "
                + NAME
                + " has of up.example/Tool v1.0.0: https://127.0.0.1:1/lookup/");
  }

  @Test
  void saysSoWhereTheProxyIsNotReached() throws IOException {
    Mirror gone = mirror;
    mirror = new Mirror();
    gone.close();

    confirm(gone.address("").toString(), lines("up.example/Tool"));

    assertThat(notes()).singleElement().asString().contains(NAME + " does not answer");
  }

  @Test
  void asksTheFirstProxyThatPassesItOn() throws IOException {
    try (Mirror first = new Mirror()) {
      sums.serve(mirror, ROOT);

      confirm(first.address("") + "," + mirror.address("/"), lines("up.example/Tool"));

      assertThat(notes()).isEmpty();
    }
  }

  @Test
  void asksAtItsOwnAddressWhereThatIsNamed() {
    environment.put("GOSUMDB", sums.key() + " " + mirror.address("/own/"));
    sums.serve(mirror, "/own/");

    confirm(lines("up.example/Tool"));

    assertThat(notes()).isEmpty();
    assertThat(mirror.requests()).allMatch(request -> request.startsWith("GET /own/"));
  }

  @Test
  void saysWhatTheDatabaseDoesNotHaveAndConfirmsTheRest() {
    sums.serve(mirror, ROOT);

    confirm(lines("private.example/x") + lines("up.example/Tool"));

    assertThat(notes())
        .containsExactly(
            "note the build 'tool' is trusted for 2 of its hashes, which nobody confirmed: "
                + NAME
                + " does not have them");
  }

  @Test
  void saysWhatNobodyConfirmedWhereATileIsMissing() {
    sums.serve(mirror, ROOT);
    mirror.serve(ROOT + "tile/8/1/", exchange -> Mirror.answer(exchange, 404));

    confirm(lines("up.example/Tool"));

    assertThat(notes()).singleElement().asString().contains(NAME + " does not answer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"off", "unknown.example"})
  void asksNobodyWhereTheUserSaysSoOrItsKeyIsNotKnown(String setting) {
    environment.put("GOSUMDB", setting);

    confirm(lines("up.example/Tool"));

    assertThat(mirror.requests()).isEmpty();
    assertThat(notes())
        .singleElement()
        .asString()
        .contains("2 of its hashes, which nobody confirmed: GOSUMDB ");
  }

  @Test
  void asksNothingOfWhatIsPrivate() {
    environment.put("GOPRIVATE", "up.example");
    sums.serve(mirror, ROOT);

    confirm(lines("up.example/Tool") + lines("n.example/m255"));

    assertThat(notes())
        .containsExactly(
            "note the build 'tool' is trusted for 2 of its hashes, which nobody confirmed:"
                + " GONOSUMDB or GOPRIVATE has 'up.example'");
    assertThat(mirror.requests()).noneMatch(request -> request.contains("up.example"));
  }

  /** What sum.golang.org said one day, in the bytes in which a proxy passed it on. */
  @Test
  void confirmsWhatTheRealDatabaseSaid() throws URISyntaxException {
    environment.clear();
    URL real = Objects.requireNonNull(getClass().getResource("proxy"));

    confirm(
        real.toURI().toString(),
        "k8s.io/kubernetes v1.37.2 " + A + "\nk8s.io/kubernetes v1.37.2/go.mod " + B);

    assertThat(notes()).isEmpty();
  }

  private void lookupIs(String answer) {
    sums.serve(mirror, ROOT);
    mirror.serve(ROOT + TOOL, answer.getBytes(UTF_8));
  }

  private void tileIs(byte[] content) {
    sums.serve(mirror, ROOT);
    mirror.serve(ROOT + "tile/8/0/156", content);
  }

  private static String lines(String module) {
    return module + " v1.0.0 " + A + "\n" + module + " v1.0.0/go.mod " + B + "\n";
  }

  private String refusal() {
    return refusal(lines("up.example/Tool"));
  }

  private String refusal(String lines) {
    KilnException failure = catchThrowableOfType(KilnException.class, () -> confirm(lines));
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).isEqualTo(KilnException.Kind.INPUT);
    return String.valueOf(failure.getMessage());
  }

  private void confirm(String lines) {
    confirm(mirror.address("").toString(), lines);
  }

  /** As one run does. */
  private void confirm(String proxies, String lines) {
    Patience patience =
        new Patience(Duration.ofMillis(500), Duration.ofSeconds(2), 1, Duration.ofMillis(1));
    try (Fetcher fetcher = new Fetcher(cache, progress, Map.of(), patience)) {
      ChecksumSettings settings =
          ChecksumSettings.of(GoSettings.read(environment, new InputFiles()));
      new ChecksumDatabase(fetcher, ModuleProxies.parse(proxies, "the test").checkedBy(settings))
          .confirm("tool", GoSum.parse("the test", lines).hashes());
    }
  }

  private List<String> notes() {
    return progress.events().stream().filter(event -> event.startsWith("note ")).toList();
  }
}
