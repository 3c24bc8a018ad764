package dev.kiln.builder.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kiln.builder.deb.DebBytes;
import dev.kiln.builder.deb.TarBytes;
import dev.kiln.builder.kit.HostPrograms;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** A package of the {@link SmallWorld}. */
final class WorldPackage {
  static final String RELEASE = "6.1.0-1-amd64";

  /** Of packages' files, in seconds since 1970. */
  static final long OLD = 1_600_000_000;

  static final long NEWEST = 1_700_000_000;

  private static final String ESSENTIAL = "Essential: yes\nPre-Depends: libc6\n";
  private static final String TOOL = "Depends: libc6\n";

  private static final List<String> SHELL =
      Stream.of(
              "cat", "chmod", "dash", "env", "ln", "ls", "mkdir", "mkfifo", "nproc", "od", "rm",
              "sed", "sleep", "stat", "tar", "touch", "xargs")
          .map(name -> "/usr/bin/" + name)
          .toList();
  private static final List<String> DPKG =
      List.of(
          "/usr/bin/dpkg",
          "/usr/bin/dpkg-deb",
          "/usr/bin/dpkg-query",
          "/usr/bin/dpkg-split",
          "/usr/bin/diff",
          "/usr/sbin/ldconfig",
          "/usr/sbin/start-stop-daemon");
  private static final List<String> SQUASHFS =
      List.of("/usr/bin/mksquashfs", "/usr/bin/unsquashfs");
  private static final List<String> CRYPTSETUP = List.of("/usr/sbin/veritysetup");

  /** Makes what no package has: names, times in every direction, links. Its own time is chance. */
  private static final String SCRIPT =
      """
      #!/bin/sh
      set -eu
      mkdir -p /var/lib/sample/empty
      chance=$(od -A n -t u4 -N 4 /dev/urandom)
      for time in 1 OLD 4000000000 9000000000; do
        echo made > /var/lib/sample/made-at-$time
        touch -d "@$time" /var/lib/sample/made-at-$time
      done
      echo made > /var/lib/sample/made
      touch -d "@$chance" /var/lib/sample/made /var/lib/sample /usr/share/sample /etc
      echo changed >> /usr/share/sample/changed
      touch -d "@$chance" /usr/share/sample/changed
      ln -s changed /usr/share/sample/link-of-script
      [ "$SOURCE_DATE_EPOCH" = NEWEST ]
      echo log > /var/log/sample.log
      { env; umask; ls -1 / /dev; sed -n /^Cap/p /proc/self/status; } > /usr/share/sample/found
      """
          .replace("OLD", Long.toString(OLD))
          .replace("NEWEST", Long.toString(NEWEST));

  /** What a script of the base system finds: its packages, and the newest time of their files. */
  private static final String BASE_SCRIPT =
      """
      #!/bin/sh
      set -eu
      mkdir -p /usr/share/sample
      ls /run/kiln/packages | sed s/_.*// > /usr/share/sample/first
      echo "$SOURCE_DATE_EPOCH" > /usr/share/sample/day
      """;

  private final String name;
  private final String fields;
  private final PackageFiles data;
  private final String postinst;
  private final int packed;

  /**
   * Describes one.
   *
   * @param fields more lines for its control file and the index
   * @param postinst its script; empty for none
   * @param packed how often it was packed before, with the same files
   */
  private WorldPackage(String name, String fields, PackageFiles data, String postinst, int packed) {
    this.name = name;
    this.fields = fields;
    this.data = data;
    this.postinst = postinst;
    this.packed = packed;
  }

  /** All of them. */
  static List<WorldPackage> all() throws IOException {
    List<String> linked =
        Stream.of(SHELL, DPKG, SQUASHFS, CRYPTSETUP).flatMap(List::stream).toList();
    return List.of(
        of("base-files", ESSENTIAL, files().directory("etc").directory("tmp").directory("opt")),
        of("base-passwd", ESSENTIAL, users()),
        of("busybox-static", "", files().host(List.of("/usr/bin/busybox"))),
        of("cryptsetup-bin", TOOL, files().host(CRYPTSETUP)),
        new WorldPackage(
            "dash", ESSENTIAL, files().host(SHELL).link("usr/bin/sh", "dash"), BASE_SCRIPT, 0),
        of("dpkg", ESSENTIAL, files().host(DPKG)),
        of("libc6", "", files().host(HostPrograms.librariesOf(linked))),
        of("linux-image-world", "", kernel()),
        new WorldPackage("sample", "", sample(), SCRIPT, 0),
        of("spare", "", files().directory("opt/spare")),
        of("squashfs-tools", TOOL, files().host(SQUASHFS)));
  }

  String name() {
    return name;
  }

  /** The same files, packed once more. */
  WorldPackage again() {
    return new WorldPackage(name, fields, data, postinst, packed + 1);
  }

  /** The same package, with a script that is run when it is configured. */
  WorldPackage configuredBy(String script) {
    return new WorldPackage(name, fields, data, script, packed);
  }

  byte[] deb() {
    TarBytes control = new TarBytes().file("./control", control() + "Packed: " + packed + "\n");
    if (!postinst.isEmpty()) {
      control.mode("0000755").file("./postinst", postinst);
    }
    return new DebBytes()
        .member("debian-binary", "2.0\n".getBytes(UTF_8))
        .member("control.tar", control.ended())
        .member("data.tar", data.bytes())
        .bytes();
  }

  String paragraph(String path, byte[] deb) {
    return control()
        + "Filename: %s\nSize: %d\nSHA256: %s\n".formatted(path, deb.length, Digest.of(deb).hex());
  }

  private String control() {
    return "Package: %s\nVersion: 1\nArchitecture: amd64\nMaintainer: a test\nDescription: %s\n%s"
        .formatted(name, name, fields);
  }

  private static WorldPackage of(String name, String fields, PackageFiles data) {
    return new WorldPackage(name, fields, data, "", 0);
  }

  private static PackageFiles files() {
    return new PackageFiles(OLD);
  }

  private static PackageFiles users() {
    return files()
        .file("etc/passwd", "0000644", "root:x:0:0:root:/root:/bin/sh\n")
        .file("etc/group", "0000644", "root:x:0:\n")
        .file("etc/shadow", "0000640", "root:*:20000:0:99999:7:::\n");
  }

  private static PackageFiles kernel() {
    String modules = "usr/lib/modules/" + RELEASE + "/";
    String card = "kernel/drivers/net/ethernet/maker/card.ko";
    return files()
        .file("boot/vmlinuz-" + RELEASE, "0000644", "a kernel")
        .file(modules + card, "0000644", "\177ELF\0firmware=card.bin\0")
        .file(modules + "modules.dep", "0000644", card + ":\n")
        .file(modules + "modules.alias", "0000644", "alias pci:v1 card\n")
        .file("usr/lib/firmware/card.bin", "0000644", "firmware");
  }

  private static PackageFiles sample() {
    String share = "usr/share/sample/";
    return files()
        .directory("var/log")
        .file("etc/sample.conf", "0000644", "old\n")
        .file(share + "own", "0000644", "own\n")
        .file(share + "changed", "0000644", "before\n")
        .file(share + new String("Főtanúsítvány".getBytes(UTF_8), ISO_8859_1), "0000644", "x")
        .hardLink(share + "same", share + "own")
        .link(share + "link", "own")
        .file("bin/sample", "0004755", "#!/bin/sh\n")
        .time(1L << 32)
        .file(share + "endless", "0000644", "x")
        .time(NEWEST)
        .file(share + "newest", "0000644", "x");
  }
}
