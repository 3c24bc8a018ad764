package dev.kiln.node.system;

import dev.kiln.profile.Profile;
import dev.kiln.profile.Zone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Makes the files of a profile's {@code config} layer. */
public final class NodeFiles {
  private NodeFiles() {}

  /**
   * The files, sorted by path; the same arguments give the same files.
   *
   * @param zone one of the profile's
   * @param conventions those of the profile's distribution
   */
  public static List<NodeFile> render(Profile profile, Zone zone, Conventions conventions) {
    Rendering node = new Rendering(profile, zone, conventions);
    List<NodeFile> files = new ArrayList<>();
    files.addAll(KernelSettings.of(node));
    files.addAll(ClockFiles.of(node));
    files.addAll(NetworkFiles.of(node));
    files.addAll(LogFiles.of(node));
    files.addAll(LoginFiles.of(node));
    files.addAll(SealedFiles.of(node));
    files.addAll(CloudInitFiles.of(node));
    files.addAll(ContainerdFiles.of(node));
    files.addAll(KubeletFiles.of(node));
    files.addAll(Housekeeping.of(node));
    return sorted(files);
  }

  /** The paths of those that may take the place of a package's file. */
  public static Set<String> replacing(List<NodeFile> files) {
    return files.stream()
        .filter(file -> file.replaces().isPresent())
        .map(file -> file.path().text())
        .collect(Collectors.toUnmodifiableSet());
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
