package dev.kiln.builder.distro.debian.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.distro.debian.resolve.Resolution.Resolved;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * apt is the judge of which packages exclude each other where one names an architecture: each
 * qualifier, against each way to have or provide a name.
 */
class QualifiedConflictsIT {
  private static final List<String> QUALIFIERS =
      List.of("", ":any", ":native", ":amd64", ":i386", ":x32", ":unheard-of");

  /** What it is that may be excluded, as the fields of a package that is or provides NAME. */
  private static final List<String> TARGETS =
      List.of(
          "Package: NAME",
          "Package: NAME\nMulti-Arch: same",
          "Package: NAME\nMulti-Arch: foreign",
          "Package: NAME\nMulti-Arch: allowed",
          "Package: is-NAME\nProvides: NAME",
          "Package: is-NAME\nMulti-Arch: allowed\nProvides: NAME",
          "Package: is-NAME\nMulti-Arch: foreign\nProvides: NAME",
          "Package: is-NAME\nProvides: NAME:any",
          "Package: is-NAME\nProvides: NAME:amd64");

  @TempDir private Path directory;

  @Test
  void excludesWhatAptExcludes() throws Exception {
    List<String> paragraphs = new ArrayList<>();
    List<List<String>> pairs = new ArrayList<>();
    for (int number = 0; number < TARGETS.size(); number++) {
      String target = TARGETS.get(number).replace("NAME", "t" + number);
      paragraphs.add(target);
      for (String owner : owners("t" + number)) {
        paragraphs.add(owner);
        pairs.add(List.of(name(owner), name(target)));
      }
    }
    String index = TestUniverse.index(paragraphs.toArray(String[]::new));
    AptRoot apt = publish(index);
    Resolver resolver = new Resolver(TestUniverse.ofIndex(index));

    Map<List<String>, Boolean> byApt = new LinkedHashMap<>();
    Map<List<String>, Boolean> byKiln = new LinkedHashMap<>();
    for (List<String> pair : pairs) {
      byApt.put(pair, apt.choose(pair, false).isPresent());
      byKiln.put(pair, goTogether(resolver, pair));
    }

    assertThat(byKiln).containsExactlyEntriesOf(byApt);
    assertThat(byApt).containsValue(true).containsValue(false);
  }

  /** Packages that exclude a name, in every way. */
  private static List<String> owners(String name) {
    List<String> owners = new ArrayList<>();
    for (String field : List.of("Conflicts", "Breaks")) {
      for (String qualifier : QUALIFIERS) {
        owners.add(
            "Package: o%d-%s\n%s: %s%s".formatted(owners.size(), name, field, name, qualifier));
      }
    }
    return owners;
  }

  private static String name(String paragraph) {
    return paragraph.lines().findFirst().orElseThrow().substring("Package: ".length());
  }

  private AptRoot publish(String index) throws Exception {
    Path archive = Files.createDirectories(directory.resolve("archive"));
    Files.writeString(archive.resolve("Packages"), index);
    return new AptRoot(
            Files.createDirectories(directory.resolve("root")),
            List.of("deb [trusted=yes] file:" + archive + " ./"))
        .update();
  }

  private static boolean goTogether(Resolver resolver, List<String> names) {
    Map<String, String> wanted = new LinkedHashMap<>();
    names.forEach(name -> wanted.put(name, "wanted"));
    return resolver.resolve(new Request(false, wanted, false)) instanceof Resolved;
  }
}
