package dev.kiln.builder.initrd;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.builder.sandbox.Sandbox;
import dev.kiln.builder.sandbox.SmallRoot;
import dev.kiln.file.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The functions of the initrd's /init, run by the real busybox in the sandbox of a bake, which here
 * keeps the host's network. What ends a machine ends the script; waiting takes no time.
 */
final class InitScript {
  private static final String SAFE =
      """
      ln -s /proc/1/fd/1 /dev/console
      restart() { exit 9; }
      sleep() { :; }
      losetup() { echo "opened $file" > /dev/console; return 1; }
      mkdir -p /run/kiln/image
      modprobe() { echo "modprobe $*" > /dev/console; }
      """;

  private final Path directory;
  private final Path root;

  InitScript(Path directory) throws IOException {
    this.directory = directory;
    this.root = SmallRoot.make(directory.resolve("root"));
    Path scratch = Files.createDirectory(directory.resolve("scratch"));
    // It writes enter.sh.
    new Sandbox(ImageTree.at(root), SmallRoot.BUSYBOX, scratch);
    for (String name : List.of("script", "etc", "lib/modules/6.1")) {
      Files.createDirectories(root.resolve(name));
    }
    Files.writeString(root.resolve("lib/modules/6.1/modules.alias"), "network\n");
    Files.writeString(root.resolve("lib/modules/6.1/modules.alias.disks"), "disks\n");
    Files.writeString(
        root.resolve("script/dhcp-event"), Resource.text(BuildInitrd.class, "dhcp-event"));
  }

  /** Its exit status (9 where the machine would boot again), and what stands on the console. */
  record End(int status, String console) {}

  /** A file that the script finds in its root. */
  void put(String path, byte[] content) throws IOException {
    Files.createDirectories(root.resolve(path).getParent());
    Files.write(root.resolve(path), content);
  }

  End run(String commands) throws Exception {
    Files.writeString(root.resolve("script/init"), functions() + SAFE + commands + "\n");
    List<String> line = new ArrayList<>(List.of("setpriv", "--inh-caps", "+sys_admin", "setpriv"));
    line.addAll(List.of("--bounding-set", "-all,+dac_override,+kill"));
    line.addAll(List.of("unshare", "--mount", "--pid", "--uts", "--fork", "--kill-child"));
    line.addAll(List.of(SmallRoot.HOSTS_BUSYBOX.toString(), "sh"));
    line.add(directory.resolve("scratch/enter.sh").toString());
    line.addAll(List.of(Long.toString(ProcessHandle.current().pid()), "gid=5", root.toString()));
    line.addAll(
        List.of("rw", "--", "setpriv", "--inh-caps", "-sys_admin", "/bin/sh", "/script/init"));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String console = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new End(process.waitFor(), console);
  }

  /** All but the flow at its end. */
  private static String functions() throws IOException {
    String script = Resource.text(BuildInitrd.class, "init");
    int flow = script.lastIndexOf("\nprepare\n");
    if (flow < 0) {
      throw new AssertionError("/init has no flow that begins with 'prepare'");
    }
    return script.substring(0, flow + 1);
  }
}
