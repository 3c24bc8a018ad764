package dev.kiln.node.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.node.system.Conventions.Chrony;
import dev.kiln.node.system.Conventions.Systemd;
import dev.kiln.node.system.NodeFile.Link;
import dev.kiln.profile.ImagePath;
import dev.kiln.profile.Profile;
import dev.kiln.profile.ZoneName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConventionsTest {
  private static final ImagePath UNITS = new ImagePath("/usr/lib/systemd/system");

  @TempDir Path directory;

  @Test
  void tellsAnOldSystemdNothingThatItDoesNotKnow() throws IOException {
    assertThat(SystemdOptions.unknownTo219(render(SampleConventions.old()))).isEmpty();
  }

  @Test
  void tellsANewSystemdMore() throws IOException {
    assertThat(SystemdOptions.unknownTo219(render(SampleConventions.debian12())))
        .containsExactlyInAnyOrder(
            "link Match.Kind",
            "network DHCPv4.ClientIdentifier",
            "network DHCPv4.UseDomains",
            "network Match.Kind",
            "network Network.IPv6AcceptRA",
            "networkd.conf Network.ManageForeignRoutes",
            "networkd.conf Network.ManageForeignRoutingPolicyRules",
            "resolved.conf Resolve.MulticastDNS",
            "service Service.TasksMax");
  }

  @ParameterizedTest
  @CsvSource({
    "220, /etc/systemd/network/90-kiln.network, ClientIdentifier=mac",
    "227, /usr/lib/systemd/system/containerd.service, TasksMax=infinity",
    "229, /etc/systemd/resolved.conf.d/90-kiln.conf, MulticastDNS=no",
    "231, /etc/systemd/network/90-kiln.network, IPv6AcceptRA=yes",
    "242, /etc/systemd/system/systemd-networkd-wait-online.service.d/90-kiln.conf, --any",
    "243, /etc/systemd/network/90-kiln.network, [DHCPv4]",
    "249, /etc/systemd/networkd.conf.d/90-kiln.conf, ManageForeignRoutingPolicyRules=no",
    "251, /etc/systemd/network/90-kiln.network, Kind=!*",
    "251, /etc/systemd/network/90-kiln-virtual.link, Kind=bridge veth vxlan geneve dummy"
  })
  void writesASettingFromTheVersionThatHasItFirst(int version, String path, String setting)
      throws IOException {
    String first = Samples.text(render(SampleConventions.debian(version)), path);
    String before = Samples.text(render(SampleConventions.debian(version - 1)), path);

    assertThat(first).contains(setting);
    assertThat(before).doesNotContain(setting);
  }

  @ParameterizedTest
  @CsvSource({
    "242, /etc/systemd/network/90-kiln-virtual.link",
    "246, /etc/systemd/networkd.conf.d/90-kiln.conf"
  })
  void writesAFileFromTheVersionThatHasAUseForIt(int version, String path) throws IOException {
    assertThat(Samples.paths(render(SampleConventions.debian(version)))).contains(path);
    assertThat(Samples.paths(render(SampleConventions.debian(version - 1)))).doesNotContain(path);
  }

  @Test
  void findsCardsByTheirNamesWhereTheirKindIsNotKnown() throws IOException {
    assertThat(text(SampleConventions.old(), "/etc/systemd/network/90-kiln.network"))
        .endsWith("[Match]\n" + CARDS + "\n[Network]\nDHCP=ipv4\n\n[DHCP]\nUseDomains=yes\n");
  }

  @Test
  void linksToTheNameServersWhereThatVersionWritesThem() throws IOException {
    assertThat(target(SampleConventions.old(), "/etc/resolv.conf"))
        .isEqualTo("../run/systemd/resolve/resolv.conf");
    assertThat(target(SampleConventions.debian(236), "/etc/resolv.conf"))
        .isEqualTo("../run/systemd/resolve/stub-resolv.conf");
    assertThat(Samples.paths(render(SampleConventions.old())))
        .contains("/etc/systemd/system/multi-user.target.wants/systemd-resolved.service");
  }

  @Test
  void callsUnitsAndFilesAsTheDistributionDoes() throws IOException {
    List<NodeFile> files = render(SampleConventions.old());

    assertThat(Samples.paths(files))
        .contains(
            "/etc/chrony.conf",
            "/etc/ssh/sshd_config",
            "/etc/systemd/system/multi-user.target.wants/chronyd.service",
            "/etc/systemd/system/multi-user.target.wants/sshd.service",
            "/etc/systemd/system/sshd.service.wants/sshd-keygen.service",
            "/etc/systemd/system/rpcbind.socket.d/90-kiln.conf",
            "/etc/localtime")
        .doesNotContain("/etc/timezone", "/opt/cni/bin", "/etc/systemd/system/apt-daily.timer");
    assertThat(Samples.listing(files))
        .contains("Before=sshd.service\n")
        .contains("ExecStart=-/usr/lib/systemd/systemd-networkd-wait-online --timeout=60\n")
        .doesNotContain("ssh.service\n=", "/chrony.service", "/etc/chrony/", "sshd_config.d");
  }

  @Test
  void writesTimeServersIntoTheConfigurationOfAChronyThatReadsThemNowhereElse() throws IOException {
    assertThat(text(SampleConventions.old(), "/etc/chrony.conf"))
        .startsWith(
            """
            # Written by Kiln: the distribution's settings, with the time servers of the zone.
            keyfile /etc/chrony.keys
            driftfile /var/lib/chrony/drift
            pool ntp.ntsc.ac.cn iburst
            """)
        .endsWith("makestep 1 3\nleapsectz right/UTC\n");
  }

  @Test
  void keepsWhatTheDistributionsOwnFileMustSayWhereItTakesItsPlace() throws IOException {
    assertThat(text(SampleConventions.old(), "/etc/ssh/sshd_config"))
        .contains("PasswordAuthentication no\n")
        .endsWith("UsePAM yes\nSubsystem sftp /usr/libexec/openssh/sftp-server\n");
  }

  @Test
  void refusesAVersionThatNoFileWasWrittenFor() {
    assertThatThrownBy(() -> new Systemd("systemd", 218, UNITS, "/lib/systemd", List.of()))
        .hasMessageContaining("systemd 218 is older than any that files are written for, 219");
  }

  @Test
  void refusesNamesThatCouldLeaveTheirPlace() {
    assertThatThrownBy(() -> new NetworkStyle.Networkd("systemd networkd", "systemd-resolved"))
        .hasMessageContaining("no package can be called 'systemd networkd'");
    assertThatThrownBy(() -> systemd("/lib/systemd", "../swap.target"))
        .hasMessageContaining("no unit can be called '../swap.target'");
    assertThatThrownBy(() -> systemd("/lib/../tmp", "swap.target"))
        .hasMessageContaining("systemd's programs are in no directory /lib/../tmp");
    assertThatThrownBy(
            () -> new Chrony("chrony", "chronyd.service", UNITS, List.of("a\nb"), Optional.empty()))
        .hasMessageContaining("a setting is one line");
  }

  private static final String CARDS =
      """
      # Cards by their names, and not the bridges, pairs and tunnels that network add-ons make.
      Name=en* eth*
      """;

  private static Systemd systemd(String programs, String masked) {
    return new Systemd("systemd", 219, UNITS, programs, List.of(masked));
  }

  private List<NodeFile> render(Conventions conventions) throws IOException {
    Profile profile =
        Samples.extended(
            directory,
            "packages: {include: {systemd-networkd: as others pack it, nfs-utils: the same}}");
    return NodeFiles.render(profile, profile.zone(new ZoneName("cn")), conventions);
  }

  private String text(Conventions conventions, String path) throws IOException {
    return Samples.text(render(conventions), path);
  }

  private String target(Conventions conventions, String path) throws IOException {
    return render(conventions).stream()
        .filter(file -> file.path().text().equals(path))
        .map(file -> ((Link) file).target())
        .findFirst()
        .orElseThrow();
  }
}
