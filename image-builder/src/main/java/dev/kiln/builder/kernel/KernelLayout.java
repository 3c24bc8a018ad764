package dev.kiln.builder.kernel;

import dev.kiln.builder.sandbox.ImageTree;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Where a distribution's packages put a kernel and what belongs to it: paths in a tree without a
 * leading slash, in which {@value #RELEASE} stands for the kernel's release.
 *
 * @param kernels the kernel's file; the first of them that is there
 * @param configurations what it was built with; the first of them that is there, if any
 * @param modules the directory of its modules
 * @param firmware the directory of all firmware, whatever the kernel
 */
public record KernelLayout(
    List<String> kernels, List<String> configurations, String modules, String firmware) {
  /** What stands for the release. */
  public static final String RELEASE = "{release}";

  public KernelLayout {
    kernels = List.copyOf(kernels);
    configurations = List.copyOf(configurations);
    List<String> named = new ArrayList<>(kernels);
    named.addAll(configurations);
    named.add(modules);
    for (String path : named) {
      int place = path.indexOf(RELEASE);
      String rest = place < 0 ? RELEASE : path.substring(place + RELEASE.length());
      // What stands before a release in a name is known; nothing else stands behind it.
      if (path.startsWith("/") || rest.contains(RELEASE) || !(rest + "/").startsWith("/")) {
        throw new IllegalArgumentException(
            "'" + path + "' is not a path in a tree with one " + RELEASE);
      }
    }
    if (kernels.isEmpty()) {
      throw new IllegalArgumentException("a layout says where the kernel is");
    }
  }

  /** The releases of the kernels in a tree. */
  SortedSet<String> releasesIn(ImageTree tree) {
    SortedSet<String> releases = new TreeSet<>();
    for (String path : kernels) {
      int place = path.indexOf(RELEASE);
      int slash = path.lastIndexOf('/', place);
      String before = path.substring(slash + 1, place);
      String after = path.substring(place + RELEASE.length());
      for (String name : tree.list(slash < 0 ? "" : path.substring(0, slash))) {
        if (name.startsWith(before)) {
          String release = name.substring(before.length());
          if (after.isEmpty() || tree.exists(of(release, path))) {
            releases.add(release);
          }
        }
      }
    }
    return releases;
  }

  /** The same path for one release. */
  static String of(String release, String path) {
    return path.replace(RELEASE, release);
  }
}
