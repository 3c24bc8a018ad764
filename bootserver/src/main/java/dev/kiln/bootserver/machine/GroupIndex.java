package dev.kiln.bootserver.machine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Groups by one of the labels that each asks for, so that a machine is compared with those alone
 * that could choose it: thousands of machines and groups cost their sum, not their product.
 */
final class GroupIndex {
  private static final Comparator<Group> MOST_SPECIFIC_FIRST =
      Comparator.comparingInt((Group group) -> -group.selector().specificity())
          .thenComparing(Group::id);

  private final Map<Map.Entry<String, String>, List<Group>> byLabel = new HashMap<>();
  private final List<Group> ofAll = new ArrayList<>();

  GroupIndex(Collection<Group> groups) {
    Map<Map.Entry<String, String>, Long> asked = new HashMap<>();
    groups.forEach(group -> labels(group).forEach(label -> asked.merge(label, 1L, Long::sum)));
    for (Group group : groups) {
      labels(group)
          .min(Comparator.comparing(label -> asked.getOrDefault(label, 0L)))
          .map(rarest -> byLabel.computeIfAbsent(rarest, key -> new ArrayList<>()))
          .orElse(ofAll)
          .add(group);
    }
  }

  private static Stream<Map.Entry<String, String>> labels(Group group) {
    return group.selector().wanted();
  }

  /** The groups whose selectors choose a machine, the most specific first. */
  List<Group> choosing(Machine machine) {
    return Stream.concat(
            Selector.offered(machine)
                .flatMap(label -> byLabel.getOrDefault(label, List.of()).stream()),
            ofAll.stream())
        .filter(group -> group.selector().mismatch(machine).isEmpty())
        .sorted(MOST_SPECIFIC_FIRST)
        .toList();
  }
}
