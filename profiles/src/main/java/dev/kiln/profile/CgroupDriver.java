package dev.kiln.profile;

import java.util.Locale;

/** Who makes the control groups of containers; the kubelet and containerd must agree. */
public enum CgroupDriver {
  /** systemd does: right wherever systemd is the init. */
  SYSTEMD,
  /** The kubelet and runc write the cgroup file system themselves. */
  CGROUPFS;

  /** The kubelet's word: {@code systemd}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
