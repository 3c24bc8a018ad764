package dev.kiln.bootserver.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.net.MacAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClaimsTest {
  private static final MacAddress CARD = MacAddress.parse("52:54:00:00:00:0a");
  private static final String UUID = "4c4c4544-0051-3610-8052-b4c04f4a3332";
  private static final String OTHER = "11111111-2222-3333-4444-555555555555";
  private static final Claims GOOD = claims(UUID, "S1");
  private static final Claims SILENT = Claims.of(CARD);

  @Test
  void keepsWhatAnEarlierRequestSaidWhereThisOneIsSilent() {
    assertThat(remembered(SILENT, GOOD, byUuid())).isEqualTo(GOOD);
    assertThat(remembered(claims(UUID, ""), claims("", "S1"), byUuid())).isEqualTo(GOOD);
  }

  @Test
  void takesNoOtherIdentityInThePlaceOfTheOneThatIsKnown() {
    assertThat(remembered(claims(OTHER, "S1"), GOOD, byUuid())).isEqualTo(GOOD);
    assertThat(remembered(claims(OTHER, ""), GOOD, byCardAndUuid())).isEqualTo(GOOD);
    assertThat(remembered(claims(OTHER, ""), SILENT, byCardAndUuid())).isEqualTo(SILENT);
  }

  @Test
  void replacesALieByTheTruth() {
    assertThat(remembered(GOOD, claims(OTHER, "S2"), byUuid())).isEqualTo(GOOD);
    assertThat(remembered(SILENT, claims(OTHER, ""), byCardAndUuid())).isEqualTo(SILENT);
  }

  @Test
  void remembersTheLastWordOfACardThatIsNobodys() {
    Claims other = claims(OTHER, "S2");

    assertThat(remembered(other, claims(UUID, "S1"), inventory(List.of(), "f" + UUID.substring(1))))
        .isEqualTo(other);
  }

  private static Claims remembered(Claims now, Claims earlier, Inventory files) {
    return now.over(earlier, claims -> files.recognize(claims) instanceof Recognition.Known);
  }

  private static Inventory byUuid() {
    return inventory(List.of(), UUID);
  }

  private static Inventory byCardAndUuid() {
    return inventory(List.of(CARD), UUID);
  }

  private static Inventory inventory(List<MacAddress> macs, String uuid) {
    Machine machine =
        new Machine(
            "node-1",
            macs,
            Optional.of(SystemUuid.parse(uuid)),
            Optional.empty(),
            Optional.empty(),
            Map.of());
    return new Inventory(List.of(machine), List.of());
  }

  private static Claims claims(String uuid, String serial) {
    return new Claims(CARD, SystemUuid.claimed(uuid), SerialNumber.claimed(serial));
  }
}
