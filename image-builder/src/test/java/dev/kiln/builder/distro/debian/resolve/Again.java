package dev.kiln.builder.distro.debian.resolve;

import dev.kiln.builder.distro.debian.resolve.Locked.LockedEntry;
import dev.kiln.builder.distro.debian.resolve.Resolution.Resolved;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The words in which tests say what was locked, and what moved. */
final class Again {
  private Again() {}

  static Locked lock(Request request, String... paragraphs) {
    return TestLock.of(chosen(TestUniverse.of(paragraphs), request), request.recommends());
  }

  static Locked releasing(Locked lock, String why, String name) {
    return new Locked(
        lock.packages().stream()
            .map(
                each ->
                    new LockedEntry(
                        each.entry(),
                        each.reason(),
                        Optional.of(why).filter(said -> each.entry().name().equals(name))))
            .toList(),
        lock.recommends());
  }

  static List<Resolution.Chosen> chosen(Universe universe, Request request) {
    return new Resolver(universe).resolve(request).orThrow().packages();
  }

  static Resolved resolve(Universe universe, Request request, Locked lock) {
    return new Resolver(universe).resolve(request, lock).orThrow();
  }

  static List<String> told(Resolved resolved) {
    return resolved.packages().stream()
        .map(each -> each.candidate() + ": " + each.reason())
        .toList();
  }

  static List<String> moves(Resolved resolved) {
    return resolved.moves().stream()
        .map(
            move ->
                "%s %s %s: %s"
                    .formatted(
                        move.name(),
                        move.from().orElse("-"),
                        move.to().orElse("-"),
                        move.because()))
        .toList();
  }

  static Request wanting(String... names) {
    Map<String, String> reasons = new LinkedHashMap<>();
    for (String name : names) {
      reasons.put(name, "wanted");
    }
    return new Request(false, reasons, false);
  }
}
