package dev.kiln.node.system;

import dev.kiln.node.system.Conventions.Chrony;
import dev.kiln.node.system.Conventions.TimeZoneName;
import dev.kiln.node.template.Templates;
import freemarker.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The zone's time, and who tells it. */
final class ClockFiles {
  private static final Template CHRONY = Templates.load("system/chrony.conf.ftl");
  private static final Template SOURCES = Templates.load("system/sources.conf.ftl");
  private static final String ZONE = "the zone of the world has a time zone";
  private static final Pattern IPV4 = Pattern.compile("[0-9.]+");

  private ClockFiles() {}

  static List<NodeFile> of(Rendering node) {
    List<NodeFile> files = new ArrayList<>();
    TimeZoneName name = node.conventions().timeZone();
    if (node.has(name.packageName())) {
      String zone = node.zone().timeZone();
      files.add(NodeFile.link("/etc/localtime", "/usr/share/zoneinfo/" + zone).replacing(ZONE));
      // Those who read it take the whole file for the name: no comment may stand in it.
      name.file()
          .ifPresent(file -> files.add(NodeFile.file(file.text(), zone + "\n").replacing(ZONE)));
    }
    Chrony chrony = node.conventions().chrony();
    if (node.has(chrony.packageName())) {
      files.add(node.units().enabled(chrony.unit()));
      files.addAll(sources(chrony, node.zone().timeServers()));
    }
    return files;
  }

  private static List<NodeFile> sources(Chrony chrony, List<String> hosts) {
    if (hosts.isEmpty()) {
      return List.of();
    }
    Sources sources = new Sources(hosts.stream().map(ClockFiles::source).toList());
    List<NodeFile> files = new ArrayList<>();
    files.add(
        NodeFile.file(
                chrony.settings().text(),
                Templates.fill(
                    CHRONY,
                    new Settings(
                        chrony.places(),
                        chrony.sources().isPresent() ? List.of() : sources.servers())))
            .replacing("the distribution's own pool of servers stands in it"));
    chrony
        .sources()
        .ifPresent(
            directory ->
                files.add(
                    NodeFile.file(directory + "/kiln.sources", Templates.fill(SOURCES, sources))));
    return files;
  }

  /** A name may stand for several servers, an address for one (chrony.conf(5)). */
  private static Source source(String host) {
    return new Source(IPV4.matcher(host).matches() ? "server" : "pool", host);
  }

  /**
   * Values of the template.
   *
   * @param servers none where they stand in a directory of their own
   */
  public record Settings(List<String> places, List<Source> servers) {}

  /** Values of the template. */
  public record Sources(List<Source> servers) {}

  /** One line of it. */
  public record Source(String directive, String host) {}
}
