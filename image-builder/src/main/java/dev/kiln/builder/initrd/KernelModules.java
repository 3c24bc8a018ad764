package dev.kiln.builder.initrd;

import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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

  private static final Pattern LINE = Pattern.compile("([^:]+):\\s*(.*)");
  private static final Pattern FIRMWARE =
      Pattern.compile("\0firmware=([A-Za-z0-9._/+,-]{1,200})(?=\0)");

  private final Path directory;
  private final Map<String, List<String>> dependencies;

  private KernelModules(Path directory, Map<String, List<String>> dependencies) {
    this.directory = directory;
    this.dependencies = dependencies;
  }

  /**
   * Reads {@code modules.dep}.
   *
   * @param directory such as {@code TREE/usr/lib/modules/6.1.0-50-amd64}
   */
  public static KernelModules read(Path directory) {
    Path file = directory.resolve("modules.dep");
    try {
      Map<String, List<String>> dependencies = new TreeMap<>();
      for (String line : Files.readAllLines(file)) {
        Matcher matcher = LINE.matcher(line);
        if (matcher.matches()) {
          String needed = matcher.group(2);
          dependencies.put(
              matcher.group(1), needed.isEmpty() ? List.of() : List.of(needed.split(" ")));
        }
      }
      return new KernelModules(directory, dependencies);
    } catch (IOException e) {
      throw KilnException.io("read " + file, e);
    }
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
    String name =
        module.substring(module.lastIndexOf('/') + 1).replaceFirst("\\.ko(\\.(xz|zst|gz))?$", "");
    return NAMES.contains(name)
        || DIRECTORIES.stream().anyMatch(directory -> module.startsWith("kernel/" + directory));
  }

  /** What these modules say they load from {@code /lib/firmware} (the .modinfo section). */
  public SortedSet<String> firmwareOf(Iterable<String> modules) {
    SortedSet<String> firmware = new TreeSet<>();
    for (String module : modules) {
      Path file = directory.resolve(module);
      try {
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        Matcher matcher = FIRMWARE.matcher(content);
        while (matcher.find()) {
          firmware.add(matcher.group(1));
        }
      } catch (IOException e) {
        throw KilnException.io("read " + file, e);
      }
    }
    return firmware;
  }

  /**
   * The tables that modprobe reads beside the modules, {@code modules.dep} cut to what is there.
   */
  public Map<String, byte[]> tablesFor(Set<String> modules) {
    Set<String> present = new HashSet<>(modules);
    Map<String, byte[]> tables = new TreeMap<>();
    String dep =
        dependencies.entrySet().stream()
            .filter(entry -> present.contains(entry.getKey()))
            .map(
                entry ->
                    entry.getKey()
                        + ":"
                        + entry.getValue().stream().map(m -> " " + m).collect(Collectors.joining()))
            .collect(Collectors.joining("\n", "", "\n"));
    tables.put("modules.dep", dep.getBytes(StandardCharsets.US_ASCII));
    tables.put("modules.alias", aliasesOf(present).getBytes(StandardCharsets.US_ASCII));
    return tables;
  }

  private String aliasesOf(Set<String> present) {
    Set<String> names =
        present.stream()
            .map(
                module ->
                    module
                        .substring(module.lastIndexOf('/') + 1)
                        .replaceFirst("\\.ko.*$", "")
                        .replace('-', '_'))
            .collect(Collectors.toSet());
    Path file = directory.resolve("modules.alias");
    try {
      return Files.readAllLines(file).stream()
          .filter(
              line -> names.contains(line.substring(line.lastIndexOf(' ') + 1).replace('-', '_')))
          .collect(Collectors.joining("\n", "", "\n"));
    } catch (IOException e) {
      throw KilnException.io("read " + file, e);
    }
  }
}
