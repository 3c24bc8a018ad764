package dev.kiln.profile;

import dev.kiln.profile.Placement.Install;
import dev.kiln.profile.Placement.Unpack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * No two pins or builds put a file at one path, or one below the other's file; nothing is kept
 * below what is taken out.
 */
final class PathConflicts {
  private record Claim(List<String> path, String owner) {}

  private final Map<String, Claim> files = new LinkedHashMap<>();
  private final Map<String, Claim> directories = new LinkedHashMap<>();
  private final List<Violation> found = new ArrayList<>();

  private PathConflicts() {}

  static List<Violation> in(Sections sections) {
    PathConflicts conflicts = new PathConflicts();
    sections.pins().values().forEach(conflicts::claim);
    sections.builds().values().forEach(conflicts::claim);
    conflicts.refuseFilesUsedAsDirectories();
    sections.seals().forEach((path, seal) -> conflicts.refuseBelowWhatGoes(sections, path, seal));
    return conflicts.found;
  }

  private void claim(Pin pin) {
    String owner = "pin '" + pin.name() + "'";
    if (pin.placement() instanceof Install install) {
      claimFile(install.path(), new Claim(List.of("pins", pin.name(), "install"), owner));
    } else if (pin.placement() instanceof Unpack unpack) {
      directories.putIfAbsent(
          unpack.to().text(), new Claim(List.of("pins", pin.name(), "unpack", "to"), owner));
    }
  }

  private void claim(Build build) {
    build
        .outputs()
        .forEach(
            (output, path) ->
                claimFile(
                    path,
                    new Claim(
                        List.of("builds", build.name(), "outputs", output),
                        "build '" + build.name() + "'")));
  }

  private void claimFile(ImagePath path, Claim claim) {
    Claim first = files.putIfAbsent(path.text(), claim);
    if (first != null) {
      refuse(claim, path + " is installed by " + first.owner() + " already");
    }
  }

  private void refuseFilesUsedAsDirectories() {
    directories.forEach(
        (directory, claim) -> {
          Claim file = files.get(directory);
          if (file != null) {
            refuse(claim, directory + " is a file of " + file.owner());
          }
          refuseBelowFile(directory, claim);
        });
    files.forEach(this::refuseBelowFile);
  }

  private void refuseBelowFile(String path, Claim claim) {
    for (int end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      Claim above = files.get(path.substring(0, end));
      if (above != null) {
        refuse(claim, path + " lies below the file of " + above.owner());
      }
    }
  }

  private void refuseBelowWhatGoes(Sections sections, ImagePath path, Seal seal) {
    if (seal.takesOut()) {
      return;
    }
    sections
        .seals()
        .forEach(
            (above, other) -> {
              if (other.takesOut() && path.text().startsWith(above + "/")) {
                found.add(
                    new Violation(
                        List.of("seal", path.text()),
                        path + " is kept, but lies below " + above + ", which is taken out",
                        "Name what is to go below " + above + " one by one"));
              }
            });
  }

  private void refuse(Claim claim, String what) {
    found.add(new Violation(claim.path(), what, "Write another path, or leave one of the two out"));
  }
}
