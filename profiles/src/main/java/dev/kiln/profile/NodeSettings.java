package dev.kiln.profile;

import dev.kiln.failure.Shown;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the kernel, the runtime and the kubelet of a node are told.
 *
 * @param modules kernel module to the reason why it is loaded
 * @param sysctls by key
 * @param kernelArguments argument of the command line to its reason
 */
public record NodeSettings(
    Map<String, String> modules,
    Map<String, Sysctl> sysctls,
    Map<String, String> kernelArguments,
    CgroupDriver cgroupDriver,
    Optional<Containerd> containerd,
    ContainerLogs containerLogs) {
  private static final Pattern MODULE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,55}");
  // No hyphen begins one: the kernel takes '--' for the end of its own arguments.
  private static final Pattern ARGUMENT =
      Pattern.compile("[A-Za-z0-9_.][A-Za-z0-9_.-]*(?:=[A-Za-z0-9_.,:/@+-]*)?");

  /** Characters of one argument. */
  private static final int LONGEST_ARGUMENT = 500;

  /** Characters of all: a kernel reads 2,047, and what boots a machine adds its own. */
  private static final int ALL_ARGUMENTS = 1_200;

  private static final List<String> OWN = List.of("kiln", "init", "rdinit", "root", "ro", "rw");

  /** Nothing set; the cgroup driver is systemd. */
  public static final NodeSettings NONE =
      new NodeSettings(
          Map.of(),
          Map.of(),
          Map.of(),
          CgroupDriver.SYSTEMD,
          Optional.empty(),
          ContainerLogs.DEFAULT);

  public NodeSettings {
    modules = Reasons.checked(modules, NodeSettings::module);
    sysctls.keySet().forEach(Sysctl::key);
    sysctls = Reasons.ordered(sysctls);
    kernelArguments = arguments(Reasons.checked(kernelArguments, NodeSettings::argument));
  }

  static String module(String text) {
    if (!MODULE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'" + Shown.of(text) + "' is not a kernel module: write such as br_netfilter");
    }
    return text;
  }

  static Map<String, String> arguments(Map<String, String> reasons) {
    int length = String.join(" ", reasons.keySet()).length();
    if (length > ALL_ARGUMENTS) {
      throw new IllegalArgumentException(
          "the kernel arguments have "
              + length
              + " characters: leave some out, "
              + ALL_ARGUMENTS
              + " are the most");
    }
    return reasons;
  }

  static String argument(String text) {
    if (!ARGUMENT.matcher(text).matches() || text.length() > LONGEST_ARGUMENT) {
      throw new IllegalArgumentException(
          "'" + Shown.of(text) + "' is not a kernel argument: write name or name=value");
    }
    String name = text.replaceAll("[.=].*", "");
    if (OWN.contains(name)) {
      throw new IllegalArgumentException(
          "the kernel argument '" + name + "' is Kiln's own: leave it out");
    }
    return text;
  }
}
