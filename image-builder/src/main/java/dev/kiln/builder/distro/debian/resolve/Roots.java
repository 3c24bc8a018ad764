package dev.kiln.builder.distro.debian.resolve;

import dev.kiln.builder.distro.debian.index.BinaryPackage;
import dev.kiln.failure.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a request asks for by itself, among the candidates of a universe. */
final class Roots {
  static final String REQUIRED = "of priority required";

  private Roots() {}

  /** What is asked for by a name that no package has, or a flawed one. */
  static List<Problem> unknown(Request request, Universe universe) {
    Map<String, String> asked = new LinkedHashMap<>();
    if (request.base()) {
      universe.baseNames().forEach(name -> asked.put(name, "what every system has"));
    }
    asked.putAll(request.wanted());
    return asked.entrySet().stream()
        .filter(wish -> universe.candidate(wish.getKey()).isEmpty())
        .map(wish -> Explanation.unknown(wish.getKey(), wish.getValue(), universe))
        .toList();
  }

  /** Each package to the reason, the base first, then in the profile's order. */
  static Map<BinaryPackage, String> of(Request request, Universe universe) {
    Map<BinaryPackage, String> roots = new LinkedHashMap<>();
    if (request.base()) {
      for (BinaryPackage member : universe.base()) {
        String kind = member.essential() ? Reached.ESSENTIAL : REQUIRED;
        String why = kind + " in " + member.origin().suite();
        roots.put(member, request.wanted().getOrDefault(member.name(), why));
      }
    }
    request
        .wanted()
        .forEach(
            (name, reason) -> roots.putIfAbsent(universe.candidate(name).orElseThrow(), reason));
    return roots;
  }
}
