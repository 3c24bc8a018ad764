package dev.kiln.node.system;

import dev.kiln.profile.Profile;
import dev.kiln.profile.Zone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Makes the files of a profile's {@code config} layer. */
public final class NodeFiles {
  private NodeFiles() {}

  /**
   * The files, sorted by path; the same profile and zone give the same files.
   *
   * @param zone one of the profile's
   */
  public static List<NodeFile> render(Profile profile, Zone zone) {
    List<NodeFile> files = new ArrayList<>();
    files.addAll(KernelFiles.of(profile));
    files.addAll(ClockFiles.of(profile, zone));
    files.addAll(NetworkFiles.of(profile));
    files.addAll(LogFiles.of(profile));
    files.addAll(LoginFiles.of(profile));
    files.addAll(CloudInitFiles.of(profile));
    files.addAll(ContainerdFiles.of(profile, zone));
    files.addAll(KubeletFiles.of(profile));
    files.addAll(Housekeeping.of(profile));
    return sorted(files);
  }

  private static List<NodeFile> sorted(List<NodeFile> files) {
    Set<String> paths = new TreeSet<>();
    for (NodeFile file : files) {
      if (!paths.add(file.path().text())) {
        throw new IllegalStateException(file.path() + " is written twice");
      }
    }
    return files.stream().sorted(Comparator.comparing(file -> file.path().text())).toList();
  }
}
