package dev.kiln.builder.distro.debian.source;

import dev.kiln.builder.distro.debian.source.SourceDescription.Content;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.Problem;
import dev.kiln.lock.LockedSource.SourceFile;
import dev.kiln.lock.LockedSource.SourcePackage;
import dev.kiln.profile.Build;
import dev.kiln.profile.Making;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Compares what a {@code .dsc} says with what the Sources index said when the lock was written: the
 * same package, version, and files. dpkg-source goes by the first, every digest check by the
 * second.
 */
final class SourceCheck {
  private final Build wanted;
  private final Making.Source source;
  private final SourcePackage locked;
  private final List<Problem> problems = new ArrayList<>();

  SourceCheck(Build wanted, Making.OfPackage made, SourcePackage locked) {
    this.wanted = wanted;
    this.source = made.source();
    this.locked = locked;
  }

  /** Refuses everything that differs, at once. */
  void check(Path dsc) {
    SourceFile description = locked.files().get(0);
    SourceDescription found = SourceDescription.read(description.fileName(), dsc);
    requireEqual("is of the source package", source.packageName(), found.source());
    requireEqual("has the version", source.version(), found.version());
    Map<String, Content> expected =
        locked.files().stream()
            .skip(1)
            .collect(
                Collectors.toMap(
                    SourceFile::fileName, file -> new Content(file.size(), file.digest())));
    expected.forEach(
        (name, content) -> {
          if (!content.equals(found.files().get(name))) {
            refuse("says something else about " + name + " than the lock");
          }
        });
    found.files().keySet().stream()
        .filter(name -> !expected.containsKey(name))
        .sorted()
        .forEach(name -> refuse("names " + name + ", which is not in the lock"));
    if (!problems.isEmpty()) {
      throw new KilnException(KilnException.Kind.INPUT, problems, null);
    }
  }

  private void requireEqual(String what, String expected, String found) {
    if (!expected.equals(found)) {
      refuse(what + " " + found + ", not " + expected);
    }
  }

  private void refuse(String what) {
    problems.add(
        Problem.of(
            locked.files().get(0).fileName() + " " + what,
            "Lock it again: builder lock --update " + wanted.name()));
  }
}
