package dev.kiln.bootserver.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.kiln.bootserver.boot.ImageFixture;
import dev.kiln.bootserver.config.ConfigReader;
import dev.kiln.bootserver.document.BootSnapshot;
import dev.kiln.bootserver.machine.ImageName;
import dev.kiln.bootserver.machine.Inventory;
import dev.kiln.bootserver.machine.Machine;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class CurrentFilesTest {
  private static final String NODE_2 = "macs: [\"52:54:00:00:00:02\"]\n";

  private final List<Inventory> told = new ArrayList<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private ServerFixture fixture;
  private CurrentFiles files;

  @BeforeEach
  void read(@TempDir Path directory) throws IOException {
    fixture = ServerFixture.in(directory);
    files = new CurrentFiles(fixture.config(), ConfigReader.read(fixture.config()), meters);
    files.follow(snapshot -> told.add(snapshot.inventory()));
    told.clear();
    log.start();
    logger().setLevel(Level.INFO);
    logger().addAppender(log);
  }

  @AfterEach
  void stopListening() {
    logger().setLevel(null);
    logger().detachAppender(log);
  }

  @Test
  void takesWhatIsRightAndNamesTheFileThatIsWrong() throws IOException {
    fixture.machine("node-1", "macs: [\n");
    fixture.machine("node-2", "macs: [\"52:54:00:00:00:02\"]\n");

    files.refresh();

    assertThat(names()).containsExactly("node-1", "node-2");
    assertThat(files.brokenNames()).containsExactly("node-1.yaml");
    assertThat(meters.get("kiln.files.broken").gauge().value()).isEqualTo(1);
    assertThat(logged("Not in force")).hasSize(1);

    fixture.machine("node-1", "macs: [\"52:54:00:12:34:56\"]\n");
    files.refresh();
    assertThat(files.brokenNames()).isEmpty();
    assertThat(logged("well again")).hasSize(1);
  }

  @Test
  void servesNoImageWhoseFilesAreNotAllThere() throws IOException {
    assertThat(files.current().images().find(new ImageName("debian12"))).isPresent();
    Files.writeString(fixture.root().resolve("images/debian12/initrd"), "too short");

    files.refresh();

    assertThat(files.current().images().find(new ImageName("debian12"))).isEmpty();
    assertThat(files.current().images().whyNot(new ImageName("debian12")))
        .hasValueSatisfying(why -> assertThat(why).contains("initrd has 9 bytes, not 9000"));
  }

  @Test
  void findsAnImageByItsIdToo() {
    String hex = fixture.image().hex();

    assertThat(files.current().images().find(new ImageName(hex))).isPresent();
    assertThat(files.current().images().find(new ImageName("sha256:" + hex))).isPresent();
    assertThat(files.current().images().find(new ImageName("sha256:" + "0".repeat(64)))).isEmpty();
  }

  @Test
  void approvesOthersWhileTheImageOfOneGroupIsStillBeingBaked() throws IOException {
    fixture.machine("node-2", NODE_2);
    fixture.group("gpu", "selector: {gpu: \"yes\"}\nimage: debian13\n");

    files.refresh();
    files.refresh();

    assertThat(names()).containsExactly("node-1", "node-2");
    assertThat(logged("debian13"))
        .containsExactly(
            "The machines of group gpu wait: there is no image 'debian13' on this server");
  }

  @Test
  void saysWhyManyGroupsWaitInOneLine() throws IOException {
    for (int i = 1; i <= 9; i++) {
      fixture.group("g" + i, "selector: {n: \"" + i + "\"}\nimage: debian13\n");
    }

    files.refresh();
    files.refresh();

    assertThat(logged("debian13"))
        .containsExactly(
            "The machines of the groups g1, g2, g3, g4, g5 and 4 more wait: there is no image"
                + " 'debian13' on this server");
  }

  @Test
  void servesAnImageOnceItsBakeIsDoneThoughNobodyTouchesAFile() throws IOException {
    fixture.group("gpu", "selector: {gpu: \"yes\"}\nimage: debian13\n");
    files.refresh();

    ImageFixture.write(fixture.root().resolve("images/debian13"), 3, 10_000);
    files.refresh();

    assertThat(files.current().inventory().groups()).hasSize(2);
    assertThat(files.current().images().find(new ImageName("debian13"))).isPresent();
  }

  @Test
  void keepsTheSameSnapshotWhileNothingChanges() throws IOException {
    files.refresh();
    BootSnapshot first = files.current();

    files.refresh();
    assertThat(files.current()).isSameAs(first);

    ImageFixture.write(fixture.root().resolve("images/debian13"), 3, 10_000);
    files.refresh();
    assertThat(files.current()).isNotSameAs(first);
    assertThat(files.current().inventory()).isSameAs(first.inventory());
  }

  @Test
  void complainsOnceOfEachReasonAndAgainWhereItComesBack() throws IOException {
    fixture.machine("node-2", "macs: [\n");
    files.refresh();
    files.refresh();
    assertThat(logged("node-2.yaml")).hasSize(1);

    fixture.machine("node-2", NODE_2);
    files.refresh();
    fixture.machine("node-2", "macs: [\n");
    files.refresh();

    assertThat(logged("node-2.yaml")).hasSize(2);
  }

  @Test
  void comparesMachinesWithTheConfigurationThatRunsAndSaysOnceThatAnotherNeedsARestart()
      throws IOException {
    String text = Files.readString(fixture.config());
    Files.writeString(fixture.config(), text.replace("127.0.0.0/8", "127.0.0.0/16"));
    fixture.machine("node-2", NODE_2 + "address: 127.9.0.1\n");
    files.refresh();
    files.refresh();

    assertThat(names()).containsExactly("node-1", "node-2");
    assertThat(logged("restart")).hasSize(1);

    fixture.machine("node-2", NODE_2 + "address: 10.0.0.1\n");
    files.refresh();

    assertThat(files.current().inventory().named("node-2").orElseThrow().address().toString())
        .contains("127.9.0.1");
    assertThat(logged("the address 10.0.0.1 is no machine's in 127.0.0.0/8")).hasSize(1);
  }

  @Test
  void goesOnWhereTheConfigurationFileIsBroken() throws IOException {
    Files.writeString(fixture.config(), "network: [\n");
    fixture.machine("node-2", NODE_2);

    files.refresh();
    files.refresh();

    assertThat(names()).containsExactly("node-1", "node-2");
    assertThat(logged("bootserver.yaml")).isNotEmpty().doesNotHaveDuplicates();
  }

  @Test
  void findsWhatChangedBetweenTheCheckAndTheStart() throws IOException {
    ConfigReader.Checked checked = ConfigReader.read(fixture.config());
    fixture.machine("node-2", NODE_2);

    files = new CurrentFiles(fixture.config(), checked, meters);
    files.refresh();

    assertThat(names()).containsExactly("node-1", "node-2");
  }

  @Test
  void keepsEverythingWhereADirectoryCannotBeLookedAt() throws IOException {
    Path machines = fixture.root().resolve("machines");
    Path away = Files.move(machines, fixture.root().resolve("away"));
    files.refresh();
    files.refresh();

    assertThat(names()).containsExactly("node-1");
    assertThat(logged("cannot list")).hasSize(1);
    assertThat(failures()).isEqualTo(2);

    Files.move(away, machines);
    fixture.machine("node-2", NODE_2);
    files.refresh();
    assertThat(names()).containsExactly("node-1", "node-2");
  }

  @Test
  void passesOverALinkToNothing() throws IOException {
    Files.createSymbolicLink(
        fixture.root().resolve("machines/.#node-2.yaml"), Path.of("me@host.123"));
    fixture.machine("node-2", NODE_2);

    files.refresh();

    assertThat(names()).containsExactly("node-1", "node-2");
  }

  private double failures() {
    return meters.get("kiln.files.failures").counter().count();
  }

  private List<String> logged(String words) {
    return log.list.stream()
        .map(ILoggingEvent::getFormattedMessage)
        .filter(line -> line.contains(words))
        .toList();
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger(CurrentFiles.class);
  }

  private List<String> names() {
    return files.current().inventory().machines().stream().map(Machine::name).toList();
  }
}
