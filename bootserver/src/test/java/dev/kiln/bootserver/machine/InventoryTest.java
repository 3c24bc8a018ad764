package dev.kiln.bootserver.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.bootserver.net.MacAddress;
import dev.kiln.document.Problems;
import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InventoryTest {
  private static final String UUID = "4c4c4544-0051-3610-8052-b4c04f4a3332";
  private static final String SWAPPED = "44454c4c-5100-1036-8052-b4c04f4a3332";
  private static final MacAddress KNOWN = MacAddress.parse("52:54:00:00:00:01");
  private static final MacAddress OTHER = MacAddress.parse("52:54:00:00:00:99");

  @TempDir private Path root = Path.of("");

  @BeforeEach
  void makeDirectories() throws IOException {
    Files.createDirectories(root.resolve("machines"));
    Files.createDirectories(root.resolve("groups"));
  }

  @Test
  void recognizesAMachineByCardThenUuidThenSerialNumber() throws IOException {
    machine("by-mac", "macs: [\"52:54:00:00:00:01\"]");
    machine("by-uuid", "uuid: " + UUID);
    machine("by-serial", "serial: Q6J32");
    Inventory inventory = read();

    assertThat(nameOf(inventory, Claims.of(KNOWN))).contains("by-mac");
    assertThat(nameOf(inventory, claims(OTHER, UUID, ""))).contains("by-uuid");
    assertThat(nameOf(inventory, claims(OTHER, SWAPPED, ""))).contains("by-uuid");
    assertThat(nameOf(inventory, claims(OTHER, "", " Q6J32 "))).contains("by-serial");
    assertThat(nameOf(inventory, Claims.of(OTHER))).isEmpty();
  }

  @Test
  void takesPlaceholdersOfFirmwareForNoIdentity() throws IOException {
    machine("one", "macs: [\"52:54:00:00:00:01\"]");
    Inventory inventory = read();
    String zero = "00000000-0000-0000-0000-000000000000";

    assertThat(claims(KNOWN, zero, "To Be Filled By O.E.M.")).isEqualTo(Claims.of(KNOWN));
    assertThat(nameOf(inventory, claims(KNOWN, zero, "Default string"))).contains("one");
    assertThatThrownBy(() -> SystemUuid.parse(zero)).hasMessageContaining("no machine");
  }

  @Test
  void doesNotRecognizeClaimsThatContradictTheFile() throws IOException {
    machine("one", "macs: [\"52:54:00:00:00:01\"]\nuuid: " + UUID);
    Inventory inventory = read();

    Recognition recognition =
        inventory.recognize(claims(KNOWN, "11111111-0051-3610-8052-b4c04f4a3332", ""));

    assertThat(recognition)
        .isInstanceOfSatisfying(
            Recognition.Unknown.class,
            unknown ->
                assertThat(unknown.reason())
                    .isEqualTo(
                        "this claims to be one, but its file names another UUID than"
                            + " 11111111-0051-3610-8052-b4c04f4a3332"));
  }

  @Test
  void choosesTheGroupThatNamesMostLabels() throws IOException {
    machine("one", "macs: [\"52:54:00:00:00:01\"]\nlabels: {rack: \"1\", disk: ssd}");
    group("default", "image: x");
    group("rack", "image: x\nselector: {rack: \"1\"}");
    group("rack-ssd", "image: x\nselector: {rack: \"1\", disk: ssd}");
    group("mine", "image: x\nselector: {name: one, mac: \"52:54:00:00:00:01\", rack: \"2\"}");

    assertThat(groupOf("one")).isEqualTo("rack-ssd");
  }

  @Test
  void comparesLabelsExactly() throws IOException {
    machine("one", "macs: [\"52:54:00:00:00:01\"]\nlabels: {rack: \"10\"}");
    group("default", "image: x");
    group("rack", "image: x\nselector: {rack: \"1\"}");

    assertThat(groupOf("one")).isEqualTo("default");
  }

  @Test
  void refusesTwoGroupsThatChooseAMachineEquallyWell() throws IOException {
    machine("one", "macs: [\"52:54:00:00:00:01\"]\nlabels: {rack: \"1\", disk: ssd}");
    group("a", "image: x\nselector: {rack: \"1\"}");
    group("b", "image: x\nselector: {disk: ssd}");

    assertThatThrownBy(this::read)
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("one.yaml:1: the groups a and b choose one with equally many labels");
  }

  @Test
  void refusesTwoGroupsOfOneSelector() throws IOException {
    group("a", "image: x\nselector: {rack: \"1\"}");
    group("b", "image: y\nselector: {rack: \"1\"}");

    assertThatThrownBy(this::read).hasMessageContaining("chooses the same machines as");
  }

  @Test
  void refusesAnIdentityThatTwoMachinesShare() throws IOException {
    machine("a", "name: same\nmacs: [\"52:54:00:00:00:01\"]\nuuid: " + UUID);
    machine("b", "name: same\nmacs: [\"52-54-00-00-00-01\"]\nuuid: " + SWAPPED);

    assertThatThrownBy(this::read)
        .hasMessageContaining("the name same stands in")
        .hasMessageContaining("the MAC address 52:54:00:00:00:01 stands in")
        .hasMessageContaining("the UUID " + SWAPPED + " stands in");
  }

  @Test
  void refusesAMachineThatNothingIdentifies() throws IOException {
    machine("one", "labels: {rack: \"1\"}");
    machine("two", "uuid: " + UUID + "\naddress: 10.0.0.1");

    assertThatThrownBy(this::read)
        .hasMessageContaining("at least one of 'macs', 'uuid' and 'serial'")
        .hasMessageContaining("can only be reserved for a MAC address");
  }

  @Test
  void refusesKernelArgumentsThatAreKilnsOwn() throws IOException {
    group("a", "image: x\nkernelArguments: [quiet, kiln.digest=00, ds=nocloud, \"a b\"]");

    assertThatThrownBy(this::read)
        .hasMessageContaining("'kiln.digest=00' is set by Kiln itself")
        .hasMessageContaining("'ds=nocloud' is set by Kiln itself")
        .hasMessageContaining("a kernel argument is one word");
  }

  @Test
  void namesMachinesByTheGroupsPattern() throws IOException {
    assertThat(new HostnamePattern("k8s-{name}").hostname("one", KNOWN).label())
        .isEqualTo("k8s-one");
    assertThat(new HostnamePattern("{mac}").hostname("one", KNOWN).label())
        .isEqualTo("52-54-00-00-00-01");
    assertThatThrownBy(() -> new HostnamePattern("{serial}")).hasMessageContaining("{serial}");
    assertThatThrownBy(() -> new HostnamePattern("Node_{name}")).hasMessageContaining("host name");
  }

  @Test
  void refusesAPatternThatMakesANameTooLong() throws IOException {
    machine("a".repeat(60), "macs: [\"52:54:00:00:00:01\"]");
    group("a", "image: x\nhostname: worker-{name}");

    assertThatThrownBy(this::read).hasMessageContaining("gives it an impossible name");
  }

  @Test
  void leavesOtherFilesAlone() throws IOException {
    Files.writeString(root.resolve("machines/README.md"), "not: [yaml");
    Files.writeString(root.resolve("machines/.one.yaml.swp"), "not: [yaml");
    Files.writeString(root.resolve("machines/one.json"), "{\"macs\": [\"52:54:00:00:00:01\"]}");

    assertThat(read().machines()).extracting(Machine::name).containsExactly("one");
  }

  private static Claims claims(MacAddress mac, String uuid, String serial) {
    return new Claims(mac, SystemUuid.claimed(uuid), SerialNumber.claimed(serial));
  }

  private static Optional<String> nameOf(Inventory inventory, Claims claims) {
    return inventory.recognize(claims) instanceof Recognition.Known known
        ? Optional.of(known.machine().name())
        : Optional.empty();
  }

  @Test
  void keepsWhatAFileSaidBeforeItWasBrokenAndTakesAllOthers() throws IOException {
    machine("one", "macs: [\"52:54:00:00:00:01\"]\nlabels: {rack: \"1\"}");
    group("all", "image: x");
    InventoryFiles files = files();
    files.look();
    machine("one", "macs: [");
    machine("two", "macs: [\"52:54:00:00:00:02\"]");

    InventoryFiles.Look look = files.look();

    assertThat(names(look)).containsExactly("one", "two");
    assertThat(look.inventory().inventory().named("one").orElseThrow().labels())
        .containsEntry("rack", "1");
    assertThat(look.broken())
        .singleElement()
        .satisfies(problem -> assertThat(problem.toString()).contains("machines/one.yaml:"));

    machine("one", "macs: [\"52:54:00:00:00:03\"]");
    assertThat(files.look().broken()).isEmpty();
  }

  @Test
  void leavesOutTheSecondOfTwoThatCannotBothBe() throws IOException {
    machine("one", "macs: [\"52:54:00:00:00:01\"]");
    group("all", "image: x");
    InventoryFiles files = files();
    files.look();
    machine("two", "macs: [\"52:54:00:00:00:01\"]");
    group("also-all", "image: y");
    machine("three", "macs: [\"52:54:00:00:00:03\"]");

    InventoryFiles.Look look = files.look();

    assertThat(names(look)).containsExactly("one", "three");
    assertThat(look.inventory().groups()).hasSize(1);
    assertThat(look.broken()).hasSize(2);
  }

  @Test
  void stepsBackToWhatAMachineWasWhereItsChangeTakesWhatIsAnothers() throws IOException {
    machine("one", "macs: [\"52:54:00:00:00:01\"]");
    machine("two", "macs: [\"52:54:00:00:00:02\"]");
    InventoryFiles files = files();
    files.look();
    machine("two", "macs: [\"52:54:00:00:00:01\", \"52:54:00:00:00:02\"]");

    InventoryFiles.Look look = files.look();

    assertThat(names(look)).containsExactly("one", "two");
    assertThat(look.inventory().inventory().named("two").orElseThrow().macs())
        .containsExactly(MacAddress.parse("52:54:00:00:00:02"));
    assertThat(look.broken()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "03000200-0400-0500-0006-000700080009",
        "00020003-0004-0005-0006-000700080009",
        "FEFEFEFE-FEFE-FEFE-FEFE-FEFEFEFEFEFE",
        "ffffffff-ffff-ffff-ffff-ffffffffffff"
      })
  void takesTheUuidOfManyMachinesForNobodys(String uuid) {
    assertThat(SystemUuid.claimed(uuid)).isEmpty();
    assertThatThrownBy(() -> SystemUuid.parse(uuid)).hasMessageContaining("no machine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Not Available", " Default_string ", "11111111", "XXXXXXXXXXXX", "None"})
  void takesTheSerialNumberOfManyMachinesForNobodys(String serial) {
    assertThat(SerialNumber.claimed(serial)).isEmpty();
    assertThatThrownBy(() -> new SerialNumber(serial.strip())).hasMessageContaining("no machine");
  }

  private static List<String> names(InventoryFiles.Look look) {
    return look.inventory().machines().stream().map(it -> it.value().name()).toList();
  }

  private String groupOf(String machine) {
    Inventory inventory = read();
    return inventory.groupOf(inventory.named(machine).orElseThrow()).orElseThrow().id();
  }

  private Inventory read() {
    InventoryFiles.Look look = files().look();
    Problems problems = new Problems();
    look.broken().forEach(problems::add);
    problems.refuseIfAny();
    return look.inventory().inventory();
  }

  private InventoryFiles files() {
    return new InventoryFiles(
        root.resolve("machines"), root.resolve("groups"), (inventory, problems) -> {});
  }

  private void machine(String name, String yaml) throws IOException {
    Files.writeString(root.resolve("machines/" + name + ".yaml"), yaml + "\n");
  }

  private void group(String id, String yaml) throws IOException {
    Files.writeString(root.resolve("groups/" + id + ".yaml"), yaml + "\n");
  }
}
