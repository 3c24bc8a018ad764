package dev.kiln.builder.initrd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.initrd.InitScript.End;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where /init takes its image from, and where it does not look any further. Needs root. */
class InitSourcesIT {
  private static final byte[] MANIFEST =
      ("kiln-boot 1\nlayer os os.squashfs 8192 4096 " + "ab".repeat(32) + "\n").getBytes(UTF_8);

  /** There is no disk, and nobody may ask the network. */
  private static final String NOTHING =
      """
      findfs() { echo "asked for $1" > /dev/console; return 1; }
      bring_up_network() { echo 'the network' > /dev/console; exit 7; }
      """;

  /** One disk, which appears when it is asked for the third time, and is FAT. */
  private static final String DISK =
      NOTHING
          + """
          findfs() { echo x >> /tmp/asked; [ $(wc -l < /tmp/asked) -gt 2 ] && [ "$1" = LABEL=stick ] && echo /dev/sdz; }
          mount() { [ "$2" = vfat ] && echo "mount $*" > /dev/console && cp -r /disk/. /run/kiln/disk; }
          """;

  @TempDir private Path directory;

  private BootFiles server;
  private InitScript init;

  @BeforeEach
  void start() throws IOException {
    server = new BootFiles();
    init = new InitScript(directory);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void readsWhatTheCommandLineNames() throws Exception {
    End end =
        commandLine(
            "quiet kiln.digest=sha256:" + "ab".repeat(32) + " kiln.label=stick * kiln.wait=5",
            "echo \"$digest $label $wait\" > /dev/console");

    assertThat(end.console()).endsWith("ab".repeat(32) + " stick 5\n");
  }

  @ParameterizedTest
  @CsvSource({
    "kiln.url=http://x/, there is no kiln.digest=sha256:",
    "kiln.digest=sha256:abc kiln.url=http://x/, there is no kiln.digest=sha256:",
    "kiln.digest=sha256:DIGEST kiln.url=http://x/ kiln.label=y, there are kiln.url= and kiln.label="
  })
  void refusesACommandLineThatDoesNotSayWhatToBoot(String words, String message) throws Exception {
    End end = commandLine(words.replace("DIGEST", "ab".repeat(32)), "");

    assertThat(end.console()).contains("FAILED: command line: " + message);
    assertThat(end.status()).isEqualTo(9);
  }

  @Test
  void takesAnImageByTheUrlOfTheCommandLineAndFromNowhereElse() throws Exception {
    init.put("kiln/image/boot.manifest", "another".getBytes(UTF_8));
    server.put("image/boot.manifest", MANIFEST);
    server.put("image/os.squashfs", new byte[8192]);

    End end =
        boot(
            NOTHING
                + "bring_up_network() { echo 'the network' > /dev/console; }\nurl="
                + server.url()
                + "/image/\n");

    assertThat(end.console())
        .contains("the network\n", "image: " + server.url() + "/image\n")
        .contains("opened /run/kiln/image/os.squashfs")
        .doesNotContain("asked for");
  }

  @Test
  void takesAnImageThatCameWithTheInitrdWithoutDiskAndNetwork() throws Exception {
    init.put("kiln/image/boot.manifest", MANIFEST);
    init.put("kiln/image/os.squashfs", new byte[8192]);

    End end = boot(NOTHING);

    assertThat(end.console())
        .contains("image: /kiln/image\n", "boot manifest sha256:")
        .contains("opened /kiln/image/os.squashfs")
        .doesNotContain("the network", "asked for", "modprobe");
  }

  @ParameterizedTest
  @ValueSource(strings = {"disk/", "disk/kiln/image/"})
  void takesAnImageFromADiskThatAppearsLateAndCopiesNoLayer(String where) throws Exception {
    init.put(where + "boot.manifest", MANIFEST);
    init.put(where + "os.squashfs", new byte[8192]);

    End end = boot(DISK + "label=stick\n");

    assertThat(end.console())
        .contains("mount -t vfat -o ro,nosuid,nodev,noexec /dev/sdz /run/kiln/disk")
        .contains("image: /run/kiln/" + where.replaceFirst("/$", "") + "\n")
        .contains("opened /run/kiln/" + where + "os.squashfs")
        .doesNotContain("the network");
  }

  @Test
  void knowsTheDriversOfDisksOnlyWhenItLooksForOne() throws Exception {
    End end =
        init.run(
            NOTHING
                + "cat /lib/modules/6.1/modules.alias > /dev/console\n"
                + "find_disk x 2\nfind_disk x 1\n"
                + "cat /lib/modules/6.1/modules.alias > /dev/console\n");

    assertThat(end.console()).startsWith("network\nmodprobe ").endsWith("\nnetwork\ndisks\n");
  }

  @Test
  void findsALabelThatItsFileSystemWroteInUpperCase() throws Exception {
    End end = init.run(NOTHING + "find_disk kiln-image 1");

    assertThat(end.console()).contains("asked for LABEL=kiln-image\nasked for LABEL=KILN-IMAGE\n");
  }

  @Test
  void looksNowhereElseWhereTheNamedDiskIsAbsent() throws Exception {
    init.put("kiln/image/boot.manifest", MANIFEST);

    End end = boot(NOTHING + "label=stick\n");

    assertFailed(end, "disk: no file system is labelled 'stick'", "attach the disk");
    assertThat(end.console()).doesNotContain("the network", "LABEL=kiln-image");
  }

  @Test
  void looksNowhereElseWhereTheDiskHasNoImage() throws Exception {
    init.put("disk/readme", new byte[1]);

    End end = boot(DISK.replace("stick", "kiln-image"));

    assertFailed(
        end,
        "disk: the file system labelled 'kiln-image' on /dev/sdz has no boot.manifest",
        "copy the files of an image directory to its root");
  }

  @Test
  void saysWhereADiskCannotBeMounted() throws Exception {
    End end = boot(DISK + "mount() { return 1; }\nlabel=stick\n");

    assertFailed(end, "disk: the file system on /dev/sdz cannot be mounted", "make it ext4, FAT");
  }

  @Test
  void looksNowhereElseWhereAnImageIsAnother() throws Exception {
    init.put("kiln/image/boot.manifest", "another".getBytes(UTF_8));

    End end = boot(NOTHING);

    assertFailed(end, "boot manifest: its SHA-256 is ", "somebody changed the image");
    assertThat(end.console()).doesNotContain("the network", "asked for");
  }

  @Test
  void readsNoMoreOfABootManifestThanOneMayHave() throws Exception {
    init.put("kiln/image/boot.manifest", new byte[1 << 20]);

    End end = boot(NOTHING + "fail() { stat -c %s /run/kiln/image/*; exit 9; }\n");

    assertThat(end.console()).endsWith("\n65536\n");
  }

  @Test
  void saysWhichFileOfAnImageIsAbsent() throws Exception {
    init.put("kiln/image/boot.manifest", MANIFEST);

    assertFailed(boot(NOTHING), "layer os: there is no /kiln/image/os.squashfs", "copy every file");
  }

  @Test
  void asksDhcpLast() throws Exception {
    server.put("image/boot.manifest", MANIFEST);

    End end = boot(dhcp(server.url() + "/image/"));

    assertThat(end.console())
        .contains("asked for LABEL=kiln-image")
        .contains("asking DHCP for the image")
        .contains("image: " + server.url() + "/image\n", "boot manifest sha256:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ipxe.efi",
        "http://10.0.0.1/ipxe.efi",
        "tftp://10.0.0.1/image/",
        "http:///",
        "http://10.0.0.1/$(reboot)/",
        "http://10.0.0.1/a b/",
        "/kiln/image/"
      })
  void takesNoBootFileOfOtherClientsForAnImage(String file) throws Exception {
    End end = boot(dhcp(file));

    assertFailed(
        end,
        "source: DHCP gives '" + file + "' as boot file",
        "pass kiln.url= or kiln.label=, or let the DHCP server give");
  }

  /** udhcpc tells of option 67 and of the header's field by different names. */
  @ParameterizedTest
  @CsvSource({"bootfile, boot_file, option", "other, boot_file, header"})
  void knowsTheBootFileFromEitherPlace(String first, String second, String expected)
      throws Exception {
    End end =
        init.run(
            "ip() { :; }\nip=10.0.0.2 interface=lo\n"
                + first
                + "=option\n"
                + second
                + "=header\nset -- bound\n. /script/dhcp-event\ncat /run/kiln/boot-file");

    assertThat(end.console()).endsWith(expected + "\n");
  }

  private static String dhcp(String file) {
    return NOTHING + "bring_up_network() { echo '" + file + "' > /run/kiln/boot-file; }\n";
  }

  private End boot(String facts) throws Exception {
    return init.run(
        facts
            + "digest="
            + Digest.of(MANIFEST).hex()
            + "\nfind_source\ntake_boot_manifest\nopen_layers");
  }

  private End commandLine(String words, String commands) throws Exception {
    return init.run("cat() { echo '" + words + "'; }\nread_command_line\n" + commands);
  }

  private static void assertFailed(End end, String what, String mend) {
    assertThat(end.console()).contains("FAILED: " + what).contains("To mend it: " + mend);
    assertThat(end.status()).isEqualTo(9);
  }
}
