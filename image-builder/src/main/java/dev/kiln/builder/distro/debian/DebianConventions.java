package dev.kiln.builder.distro.debian;

import dev.kiln.node.system.Conventions;
import dev.kiln.node.system.Conventions.Chrony;
import dev.kiln.node.system.Conventions.CniPlugins;
import dev.kiln.node.system.Conventions.Ssh;
import dev.kiln.node.system.Conventions.Systemd;
import dev.kiln.node.system.Conventions.TimeZoneName;
import dev.kiln.node.system.NetworkStyle.Networkd;
import dev.kiln.profile.ImagePath;
import java.util.List;
import java.util.Optional;

/** How Debian calls what a node's files speak of. */
public final class DebianConventions {
  /** Debian 12, and newer ones. */
  public static final Conventions DEBIAN_12 =
      new Conventions(
          systemd(),
          new Networkd("systemd-sysv", "systemd-resolved"),
          new TimeZoneName("tzdata", Optional.of(new ImagePath("/etc/timezone"))),
          chrony(),
          new Ssh(
              "openssh-server",
              "ssh.service",
              new ImagePath("/etc/ssh/sshd_config.d/10-kiln.conf"),
              List.of()),
          Optional.of(new CniPlugins("containernetworking-plugins", new ImagePath("/usr/lib/cni"))),
          "nfs-common",
          "cloud-init");

  private DebianConventions() {}

  private static Systemd systemd() {
    return new Systemd(
        // The package systemd alone does not make it the init.
        "systemd-sysv",
        252,
        new ImagePath("/usr/lib/systemd/system"),
        "/lib/systemd",
        List.of(
            // Packages are what was baked.
            "apt-daily.timer",
            "apt-daily-upgrade.timer",
            "dpkg-db-backup.timer",
            // There is no LVM to take snapshots for checks with.
            "e2scrub_all.timer",
            "e2scrub_reap.service",
            // Asks questions on the console, where nobody sits.
            "systemd-firstboot.service"));
  }

  /** The lines of the package's own chrony.conf that say where things are. */
  private static Chrony chrony() {
    return new Chrony(
        "chrony",
        "chrony.service",
        new ImagePath("/etc/chrony/chrony.conf"),
        List.of(
            "confdir /etc/chrony/conf.d",
            "sourcedir /etc/chrony/sources.d",
            "keyfile /etc/chrony/chrony.keys",
            "driftfile /var/lib/chrony/chrony.drift",
            "ntsdumpdir /var/lib/chrony",
            "logdir /var/log/chrony"),
        Optional.of(new ImagePath("/etc/chrony/sources.d")));
  }
}
