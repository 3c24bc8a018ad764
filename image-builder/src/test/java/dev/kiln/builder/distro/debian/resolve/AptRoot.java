package dev.kiln.builder.distro.debian.resolve;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * apt itself with a configuration of its own: its own sources, lists and cache, and a machine on
 * which nothing is installed. The system's apt is not touched.
 */
public final class AptRoot {
  private final Path directory;
  private final Path configuration;

  /**
   * Makes the configuration.
   *
   * @param directory empty; everything is kept below it
   * @param sources one-line entries, sources.list(5)
   */
  public AptRoot(Path directory, List<String> sources) throws IOException {
    this.directory = directory;
    this.configuration = directory.resolve("apt.conf");
    for (String place :
        List.of("etc/apt.conf.d", "state/lists/partial", "cache/archives/partial")) {
      Files.createDirectories(directory.resolve(place));
    }
    Files.createFile(directory.resolve("status"));
    Files.write(directory.resolve("etc/sources.list"), sources);
    Files.writeString(
        configuration,
        """
        Dir::Etc "%1$s/etc";
        Dir::State "%1$s/state";
        Dir::State::status "%1$s/status";
        Dir::Cache "%1$s/cache";
        APT::Architecture "amd64";
        APT::Architectures { "amd64"; };
        APT::Sandbox::User "root";
        APT::Solver "internal";
        Acquire::Languages "none";
        """
            .formatted(directory));
  }

  /** Reads the sources. */
  public AptRoot update() throws IOException, InterruptedException {
    if (run("apt-get", "update", "-qq").isEmpty()) {
      throw new AssertionError("apt-get update failed");
    }
    return this;
  }

  /** Prefers exactly these versions to every other, and the packages named last to none. */
  public AptRoot prefer(Map<String, String> versions, Collection<String> never) throws IOException {
    StringBuilder text = new StringBuilder();
    versions.forEach((name, version) -> text.append(pin(name, "version " + version, 1001)));
    never.forEach(name -> text.append(pin(name, "release *", -1)));
    Files.writeString(directory.resolve("etc/preferences"), text.toString());
    return this;
  }

  private static String pin(String name, String what, int priority) {
    return "Package: %s\nPin: %s\nPin-Priority: %d\n\n".formatted(name, what, priority);
  }

  /**
   * Makes it a machine on which these packages are installed.
   *
   * @param paragraphs of an index
   * @param wanted those that the user asked for; the others came by themselves
   */
  public AptRoot install(List<String> paragraphs, Collection<String> wanted) throws IOException {
    StringBuilder status = new StringBuilder();
    StringBuilder states = new StringBuilder();
    for (String paragraph : paragraphs) {
      String text = paragraph.strip();
      String name = text.lines().findFirst().orElseThrow().replace("Package: ", "");
      status.append(text).append("\nStatus: install ok installed\n\n");
      if (!wanted.contains(name)) {
        states.append("Package: %s\nArchitecture: amd64\nAuto-Installed: 1\n\n".formatted(name));
      }
    }
    Files.writeString(directory.resolve("status"), status.toString());
    Files.writeString(directory.resolve("state/extended_states"), states.toString());
    return this;
  }

  /** What that machine would have of it afterwards; empty where apt refuses. */
  public Optional<Map<String, String>> change(
      Map<String, String> installed, Collection<String> names, boolean recommends)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("apt-get", "-qq", "-s", "-y", "-o"));
    command.add("APT::Install-Recommends=" + recommends);
    command.addAll(List.of("--auto-remove", "install"));
    command.addAll(names);
    return run(command.toArray(String[]::new)).map(output -> changed(installed, output));
  }

  /** Lines such as {@code Inst bash [5.1-1] (5.2-1 Debian:12 [amd64])} and {@code Remv bash}. */
  private static Map<String, String> changed(Map<String, String> installed, String output) {
    Map<String, String> changed = new TreeMap<>(installed);
    output
        .lines()
        .map(line -> line.split(" "))
        .forEach(
            words -> {
              if (words[0].equals("Remv")) {
                changed.remove(words[1]);
              } else if (words[0].equals("Inst")) {
                int at = words[2].startsWith("[") ? 3 : 2;
                changed.put(words[1], words[at].substring(1));
              }
            });
    return changed;
  }

  /** The directory of the lists that were read. */
  public Path lists() {
    return directory.resolve("state/lists");
  }

  /**
   * What apt would install, name to version; empty where it refuses. It is asked for addresses and
   * not to simulate: the set is the same, and the order of unpacking costs apt ten times as long.
   */
  public Optional<Map<String, String>> choose(Collection<String> names, boolean recommends)
      throws IOException, InterruptedException {
    return printed(names, recommends).map(AptRoot::packages);
  }

  /** The addresses from which it would install them. */
  public Optional<List<URI>> addresses(Collection<String> names)
      throws IOException, InterruptedException {
    return printed(names, false)
        .map(
            output ->
                output
                    .lines()
                    .filter(line -> line.startsWith("'"))
                    .map(line -> URI.create(line.substring(1, line.indexOf('\'', 1))))
                    .toList());
  }

  private Optional<String> printed(Collection<String> names, boolean recommends)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("apt-get", "-qq", "-y", "--print-uris", "-o"));
    command.add("APT::Install-Recommends=" + recommends);
    command.add("install");
    command.addAll(names);
    return run(command.toArray(String[]::new));
  }

  /** Lines such as {@code 'http://…' bash_5.2-1_amd64.deb 12345 SHA256:…}. */
  private static Map<String, String> packages(String output) {
    Map<String, String> packages = new TreeMap<>();
    output
        .lines()
        .filter(line -> line.startsWith("'"))
        .map(line -> line.split(" ")[1].split("_"))
        .forEach(parts -> packages.put(parts[0], parts[1].replace("%3a", ":")));
    return packages;
  }

  private Optional<String> run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("APT_CONFIG", configuration.toString());
    builder.environment().put("LC_ALL", "C");
    builder.redirectError(directory.resolve("errors").toFile());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? Optional.of(output) : Optional.empty();
  }
}
