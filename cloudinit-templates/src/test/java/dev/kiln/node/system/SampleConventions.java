package dev.kiln.node.system;

import dev.kiln.node.system.Conventions.Chrony;
import dev.kiln.node.system.Conventions.CniPlugins;
import dev.kiln.node.system.Conventions.Ssh;
import dev.kiln.node.system.Conventions.Systemd;
import dev.kiln.node.system.Conventions.TimeZoneName;
import dev.kiln.profile.ImagePath;
import java.util.List;
import java.util.Optional;

/** The conventions that the files are tested with. */
final class SampleConventions {
  private static final ImagePath UNITS = new ImagePath("/usr/lib/systemd/system");

  private SampleConventions() {}

  /** Debian 12's. The builder has its own of them, and a test that the two give the same files. */
  static Conventions debian12() {
    return debian(252);
  }

  /** Debian's with another systemd. */
  static Conventions debian(int systemd) {
    return new Conventions(
        new Systemd(
            "systemd-sysv",
            systemd,
            UNITS,
            "/lib/systemd",
            List.of(
                "apt-daily.timer",
                "apt-daily-upgrade.timer",
                "dpkg-db-backup.timer",
                "e2scrub_all.timer",
                "e2scrub_reap.service",
                "systemd-firstboot.service")),
        new NetworkStyle.Networkd("systemd-sysv", "systemd-resolved"),
        new TimeZoneName("tzdata", Optional.of(new ImagePath("/etc/timezone"))),
        new Chrony(
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
            Optional.of(new ImagePath("/etc/chrony/sources.d"))),
        new Ssh(
            "openssh-server",
            "ssh.service",
            new ImagePath("/etc/ssh/sshd_config.d/10-kiln.conf"),
            List.of()),
        Optional.of(new CniPlugins("containernetworking-plugins", new ImagePath("/usr/lib/cni"))),
        "nfs-common",
        "cloud-init");
  }

  /** Those of a distribution that is older, and calls things otherwise; none that Kiln bakes. */
  static Conventions old() {
    return new Conventions(
        new Systemd(
            "systemd", 219, UNITS, "/usr/lib/systemd", List.of("systemd-firstboot.service")),
        new NetworkStyle.Networkd("systemd-networkd", "systemd-resolved"),
        new TimeZoneName("tzdata", Optional.empty()),
        new Chrony(
            "chrony",
            "chronyd.service",
            new ImagePath("/etc/chrony.conf"),
            List.of("keyfile /etc/chrony.keys", "driftfile /var/lib/chrony/drift"),
            Optional.empty()),
        new Ssh(
            "openssh-server",
            "sshd.service",
            new ImagePath("/etc/ssh/sshd_config"),
            List.of("UsePAM yes", "Subsystem sftp /usr/libexec/openssh/sftp-server")),
        Optional.empty(),
        "nfs-utils",
        "cloud-init");
  }
}
