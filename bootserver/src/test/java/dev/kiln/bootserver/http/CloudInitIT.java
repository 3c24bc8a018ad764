package dev.kiln.bootserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.app.RunningServer;
import dev.kiln.bootserver.app.ServerFixture;
import dev.kiln.bootserver.event.Event;
import dev.kiln.bootserver.event.EventText;
import dev.kiln.bootserver.event.Step;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The real cloud-init, of Debian's package, as judge and as client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CloudInitIT {
  private static final String EXTRA =
      """
      image: debian12
      selector: {name: node-2}
      hostname: k8s-{name}
      sshAuthorizedKeys: ["%s"]
      cloudConfig:
        users: [default, {name: ops, groups: adm, shell: /bin/bash, lock_passwd: true}]
        write_files:
          - path: /etc/motd
            content: |
              "quoted" 'and' \\ ${not} expanded: ümlaut 🚀
              #cloud-config
            permissions: "0644"
        runcmd: [[sh, -c, 'echo "$HOME" > /root/home']]
        ntp: {enabled: true, servers: [10.77.0.1]}
        package_update: false
        timezone: UTC
      """
          .formatted(ServerFixture.KEY);

  private ServerFixture fixture;
  private RunningServer server;
  private Path directory;

  @BeforeAll
  void start(@TempDir Path root) throws Exception {
    directory = root;
    fixture = ServerFixture.in(root);
    fixture.machine("node-2", "macs: [\"52:54:00:00:00:02\"]\n");
    fixture.group("extra", EXTRA);
    server = fixture.start();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void takesUserDataAndVendorDataForValidCloudConfig() throws Exception {
    for (String seed :
        List.of(
            fixture.seed("node-1", ServerFixture.MAC),
            fixture.seed("node-2", "52-54-00-00-00-02"))) {
      for (String document : List.of("user-data", "vendor-data")) {
        Path file = directory.resolve(document);
        try (InputStream in = fixture.uri(seed + document).toURL().openStream()) {
          Files.write(file, in.readAllBytes());
        }
        assertThat(run("cloud-init", "schema", "--config-file", file.toString()))
            .as(seed + document)
            .contains("Valid cloud-config")
            .doesNotContainIgnoringCase("deprecat");
      }
    }
  }

  @Test
  void readsTheSeedThatTheCommandLineNames() throws Exception {
    String read =
        python(
            """
            import re, urllib.request
            from cloudinit import util
            from cloudinit.sources import DataSourceNoCloud as nocloud
            script = urllib.request.urlopen(base + "/ipxe?mac=52-54-00-00-00-02").read().decode()
            line = re.search("^kernel (.*) \\\\|\\\\|", script, re.M).group(1)
            found = {}
            assert nocloud.load_cmdline_data(found, line), line
            meta, user, vendor = util.read_seeded(found["seedfrom"], timeout=5)
            config = util.load_yaml(user)
            print(found["dsmode"], meta["instance-id"][:12], meta["local-hostname"])
            print(config["hostname"], config["ssh_authorized_keys"] == [key], config["ntp"])
            print(config["write_files"][0]["content"], end="")
            print(type(config["package_update"]), vendor)
            """);

    assertThat(read.lines())
        .containsExactly(
            "net kiln-node-2- k8s-node-2",
            "k8s-node-2 True {'enabled': True, 'servers': ['10.77.0.1']}",
            "\"quoted\" 'and' \\ ${not} expanded: ümlaut 🚀",
            "#cloud-config",
            "<class 'bool'> b'#cloud-config\\n{ }\\n'");
  }

  @Test
  void waitsWhileAMachineMayNotBoot() throws Exception {
    String read =
        python(
            """
            from cloudinit import url_helper
            try:
                url_helper.readurl(base + strangers + "meta-data")
            except url_helper.UrlError as error:
                print(error.code, error.headers["Retry-After"])
            """);

    assertThat(read).isEqualTo("503 10\n");
  }

  @Test
  void reportsItsProgressIntoTheTimelineAsClaimed() throws Exception {
    python(
        """
        from cloudinit import util, reporting
        from cloudinit.reporting import events
        from cloudinit.url_helper import readurl
        config = util.load_yaml(readurl(base + seed + "user-data").contents)
        reporting.update_configuration(config["reporting"])
        events.report_start_event("init-network", "searching for network datasources")
        with events.ReportEventStack("modules-final", "running modules for final",
                                     reporting_enabled=True):
            events.report_start_event("modules-final/config-scripts-user", "running scripts")
        reporting.flush_events()
        """);

    assertThat(fixture.timelineWith(1, Step.UP, "52-54-00-00-00-02"))
        .filteredOn(Event::claimed)
        .extracting(event -> event.step().label() + " " + EventText.of(event))
        .containsExactly(
            "cloud-init start init-network: searching for network datasources",
            "cloud-init start modules-final: running modules for final",
            "cloud-init start modules-final/config-scripts-user: running scripts",
            "cloud-init finish modules-final SUCCESS: running modules for final",
            "up cloud-init is done");
  }

  private String python(String script) throws Exception {
    String known =
        Map.of(
                "base", fixture.uri("").toString(),
                "key", ServerFixture.KEY,
                "seed", fixture.seed("node-2", "52-54-00-00-00-02"),
                "strangers", fixture.seed("node-99", "52-54-00-99-99-99"))
            .entrySet()
            .stream()
            .map(each -> each.getKey() + " = '" + each.getValue() + "'\n")
            .collect(Collectors.joining("", "", script));
    return run("/usr/bin/python3", "-c", known);
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
