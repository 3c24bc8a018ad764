package dev.kiln.profile;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the profiles of one family of distributions keep beside the rules of all profiles. Nothing
 * here implements it: whoever reads a profile hands in the families that it knows ({@link
 * KnownFamilies}), and has their rules beside all else that it knows of them.
 */
public interface FamilyRules {
  /** The family's name, such as {@code debian}. */
  String name();

  /** Its distributions, by the ID of their os-release(5), as {@code distribution.name} says it. */
  List<String> distributions();

  /** The architectures it has packages for, with its own names of them. */
  Map<Architecture, String> architectures();

  /** Takes an architecture as it is, or says which the family has. */
  default Architecture requireArchitecture(Architecture architecture) {
    if (!architectures().containsKey(architecture)) {
      throw new IllegalArgumentException(
          "the family "
              + name()
              + " has no packages for "
              + architecture
              + ": write "
              + architectures().keySet().stream()
                  .sorted()
                  .map(Architecture::toString)
                  .collect(Collectors.joining(" or ")));
    }
    return architecture;
  }

  /**
   * Takes the name of one of its packages as it is.
   *
   * @throws IllegalArgumentException with a sentence that says how one is written
   */
  String packageName(String text);

  /** The keys of a repository that say which parts of it are taken; none where it has no parts. */
  List<String> repositoryParts();

  /** The keyrings of its distributions that come with Kiln. */
  List<String> keyrings();

  /** Whether a package brings a kernel. */
  boolean isKernel(String packageName);

  /** The packages of the kernels that are most often right. */
  List<String> usualKernels();

  /** The packages that a node with a kubelet must have, each with the reason why. */
  Map<String, String> nodePackages();

  /** The packages that bring {@code containerd} or {@code runc}. */
  List<String> packagesOf(String program);
}
