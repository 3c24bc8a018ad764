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
  private static final Pattern ARGUMENT =
      Pattern.compile("[A-Za-z0-9_.-]+(?:=[A-Za-z0-9_.,:/@+-]*)?");
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
    kernelArguments = Reasons.checked(kernelArguments, NodeSettings::argument);
  }

  static String module(String text) {
    if (!MODULE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'" + Shown.of(text) + "' is not a kernel module: write such as br_netfilter");
    }
    return text;
  }

  static String argument(String text) {
    if (!ARGUMENT.matcher(text).matches()) {
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
