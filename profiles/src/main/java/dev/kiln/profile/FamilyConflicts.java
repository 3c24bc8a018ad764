package dev.kiln.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What is not as the distribution's family has it: names of packages, parts of repositories. */
final class FamilyConflicts {
  private final FamilyRules rules;
  private final List<Violation> found = new ArrayList<>();

  private FamilyConflicts(FamilyRules rules) {
    this.rules = rules;
  }

  static List<Violation> in(Sections sections) {
    FamilyConflicts conflicts = new FamilyConflicts(sections.family());
    conflicts.names(List.of("packages", "include"), sections.packages().include().keySet());
    sections.builds().values().forEach(conflicts::names);
    sections.repositories().values().forEach(conflicts::parts);
    return conflicts.found;
  }

  private void names(Build build) {
    if (build.making() instanceof Making.OfPackage made) {
      names(List.of("builds", build.name(), "toolchain"), made.toolchain().keySet());
      names(
          List.of("builds", build.name(), "source", "package"),
          Set.of(made.source().packageName()));
    }
  }

  private void names(List<String> path, Set<String> names) {
    for (String name : names) {
      try {
        rules.packageName(name);
      } catch (IllegalArgumentException e) {
        found.add(new Violation(path, String.valueOf(e.getMessage()), ""));
      }
    }
  }

  private void parts(Repository repository) {
    parts(repository, "suites", repository.suites());
    if (!repository.isFlat()) {
      parts(repository, "components", repository.components());
    }
  }

  private void parts(Repository repository, String key, List<String> words) {
    boolean wanted = rules.repositoryParts().contains(key);
    if (wanted == words.isEmpty()) {
      found.add(
          new Violation(
              List.of("repositories", repository.name(), key),
              "a repository of the family "
                  + rules.name()
                  + (wanted ? " needs " : " has no ")
                  + key,
              wanted ? "Write at least one" : "Leave them out"));
    }
  }
}
