package dev.kiln.builder.initrd;

import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.failure.KilnException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The modules of one kernel, from its own {@code modules.dep} (depmod(8)): which of them an initrd
 * needs to find any network card and to mount its layers.
 */
public final class KernelModules {
  /** Below {@code kernel/}: whole directories, because nobody knows what the machine has. */
  private static final List<String> DIRECTORIES =
      List.of(
          "drivers/net/ethernet/",
          "drivers/net/phy/",
          "drivers/net/mdio/",
          "drivers/net/hyperv/",
          "drivers/virtio/",
          "drivers/ptp/");

  /** By name: what the initrd's script asks for, and network cards outside those directories. */
  private static final Set<String> NAMES =
      Set.of(
          "af_packet",
          "loop",
          "squashfs",
          "overlay",
          "dm-verity",
          "sha256-ssse3",
          "sha256-arm64",
          "virtio_net",
          "vmxnet3",
          "xen-netfront",
          "hv_vmbus",
          "virtio_console",
          "virtio-rng");

  /** Bytes; the tables of a distribution's kernel have one or two million. */
  private static final int MOST_TABLE = 32 << 20;

  private static final String SUFFIX = "\\.ko(\\.(xz|zst|gz))?$";

  private final ImageTree tree;
  private final String directory;
  private final SortedMap<String, List<String>> dependencies = new TreeMap<>();

  private KernelModules(ImageTree tree, String directory) {
    this.tree = tree;
    this.directory = directory;
  }

  /**
   * Reads {@code modules.dep}.
   *
   * @param release of the kernel, whose modules lie in {@code /usr/lib/modules/RELEASE}
   */
  public static KernelModules read(ImageTree tree, String release) {
    KernelModules modules = new KernelModules(tree, "usr/lib/modules/" + release + "/");
    int number = 1;
    for (String line : modules.table("modules.dep")) {
      modules.readLine(line, "modules.dep:" + number++);
    }
    return modules;
  }

  private void readLine(String line, String where) {
    int colon = line.indexOf(':');
    if (colon < 0) {
      throw KilnException.input(
          where + ": there is no ':' behind the name of a module",
          "Check the package that brings the kernel");
    }
    List<String> needed =
        Stream.of(line.substring(colon + 1).split(" "))
            .filter(each -> !each.isEmpty())
            .map(each -> PlainPath.require(each, where))
            .toList();
    dependencies.put(PlainPath.require(line.substring(0, colon), where), needed);
  }

  /** The path in the tree of a file of the modules' directory. */
  String path(String name) {
    return directory + name;
  }

  /** Paths below the directory of the modules an initrd needs, with all they depend on. */
  public SortedSet<String> forInitrd() {
    SortedSet<String> chosen = new TreeSet<>();
    List<String> open = new ArrayList<>();
    for (String module : dependencies.keySet()) {
      if (isWanted(module)) {
        open.add(module);
      }
    }
    while (!open.isEmpty()) {
      String module = open.remove(open.size() - 1);
      if (chosen.add(module)) {
        open.addAll(dependencies.getOrDefault(module, List.of()));
      }
    }
    return chosen;
  }

  private static boolean isWanted(String module) {
    return NAMES.contains(nameOf(module))
        || DIRECTORIES.stream().anyMatch(directory -> module.startsWith("kernel/" + directory));
  }

  /** What these modules say they load from {@code /lib/firmware}. */
  public SortedSet<String> firmwareOf(Iterable<String> modules) {
    SortedSet<String> firmware = new TreeSet<>();
    for (String module : modules) {
      firmware.addAll(new ModuleFile(tree.read(path(module), ModuleFile.MOST), module).firmware());
    }
    return firmware;
  }

  /**
   * The tables that modprobe reads beside the modules, {@code modules.dep} cut to what is there.
   */
  public SortedMap<String, byte[]> tablesFor(Set<String> modules) {
    SortedMap<String, byte[]> tables = new TreeMap<>();
    tables.put(
        "modules.dep",
        lines(
            dependencies.entrySet().stream()
                .filter(entry -> modules.contains(entry.getKey()))
                .map(
                    entry -> (entry.getKey() + ": " + String.join(" ", entry.getValue())).trim())));
    Set<String> names =
        modules.stream().map(KernelModules::aliasedName).collect(Collectors.toSet());
    tables.put(
        "modules.alias",
        lines(
            table("modules.alias").stream()
                .filter(
                    line ->
                        names.contains(aliasedName(line.substring(line.lastIndexOf(' ') + 1))))));
    return tables;
  }

  /** As modules.alias writes it: no directory, no suffix, and one sort of dash. */
  private static String aliasedName(String module) {
    return nameOf(module).replace('-', '_');
  }

  private static String nameOf(String module) {
    return module.substring(module.lastIndexOf('/') + 1).replaceFirst(SUFFIX, "");
  }

  private List<String> table(String name) {
    byte[] content = tree.read(path(name), MOST_TABLE);
    return new String(content, StandardCharsets.ISO_8859_1).lines().toList();
  }

  private static byte[] lines(Stream<String> lines) {
    return lines
        .map(line -> line + "\n")
        .collect(Collectors.joining())
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
