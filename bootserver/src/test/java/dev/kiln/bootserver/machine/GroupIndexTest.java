package dev.kiln.bootserver.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.net.MacAddress;
import dev.kiln.campaign.Campaign;
import dev.kiln.node.nocloud.CloudConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GroupIndexTest {
  private static final List<String> LABELS = List.of("rack", "gpu", "name", "mac", "uuid");

  @Test
  void choosesWhatComparingAllGroupsWouldChoose() {
    int chosen =
        Campaign.count(
            300,
            random -> {
              List<Group> groups = groups(random);
              Machine machine = machine(random);
              List<Group> expected =
                  groups.stream()
                      .filter(group -> group.selector().mismatch(machine).isEmpty())
                      .toList();
              assertThat(new GroupIndex(groups).choosing(machine))
                  .containsExactlyInAnyOrderElementsOf(expected);
              return !expected.isEmpty();
            });

    assertThat(chosen).isGreaterThan(50);
  }

  private static List<Group> groups(Random random) {
    List<Group> groups = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(12); i++) {
      Map<String, String> labels = new HashMap<>();
      for (int label = random.nextInt(4); label > 0; label--) {
        String name = LABELS.get(random.nextInt(LABELS.size()));
        labels.put(name, value(name, random));
      }
      groups.add(
          new Group(
              "group-" + i,
              new Selector(labels),
              new ImageChoice.One(new ImageName("debian12")),
              Optional.empty(),
              HostnamePattern.NAME,
              List.of(),
              List.of(),
              CloudConfig.EMPTY));
    }
    return groups;
  }

  private static Machine machine(Random random) {
    Map<String, String> labels = new HashMap<>();
    labels.put("rack", value("rack", random));
    if (random.nextBoolean()) {
      labels.put("gpu", value("gpu", random));
    }
    return new Machine(
        value("name", random),
        List.of(MacAddress.parse(value("mac", random).toLowerCase(java.util.Locale.ROOT))),
        Optional.of(SystemUuid.parse(value("uuid", random))),
        Optional.empty(),
        Optional.empty(),
        labels);
  }

  /** In either case of letters where a label takes both. */
  private static String value(String label, Random random) {
    String digit = List.of("a", "b").get(random.nextInt(2));
    String cased = random.nextBoolean() ? digit.toUpperCase(java.util.Locale.ROOT) : digit;
    return switch (label) {
      case "mac" -> "52-54-00-00-00-0" + cased;
      case "uuid" -> "4c4c4544-0051-3610-8052-b4c04f4a333" + cased;
      default -> "node-" + digit;
    };
  }
}
