package dev.kiln.node.system;

import dev.kiln.file.Resource;
import dev.kiln.node.template.Templates;
import dev.kiln.profile.Profile;
import dev.kiln.profile.Zone;
import freemarker.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The zone's time, and who tells it. */
final class ClockFiles {
  private static final Template SOURCES = Templates.load("system/sources.conf.ftl");
  private static final Pattern IPV4 = Pattern.compile("[0-9.]+");

  private ClockFiles() {}

  static List<NodeFile> of(Profile profile, Zone zone) {
    List<NodeFile> files = new ArrayList<>();
    if (profile.packages().include().containsKey("tzdata")) {
      files.add(NodeFile.link("/etc/localtime", "/usr/share/zoneinfo/" + zone.timeZone()));
      // Debian's tools take the whole file for the name: no comment may stand in it.
      files.add(NodeFile.file("/etc/timezone", zone.timeZone() + "\n"));
    }
    if (profile.packages().include().containsKey("chrony")) {
      files.add(Units.enabled("chrony.service"));
      files.addAll(sources(zone));
    }
    return files;
  }

  /** The distribution's own pool stands in its chrony.conf, so that is replaced as well. */
  private static List<NodeFile> sources(Zone zone) {
    if (zone.timeServers().isEmpty()) {
      return List.of();
    }
    Sources sources = new Sources(zone.timeServers().stream().map(ClockFiles::source).toList());
    return List.of(
        NodeFile.file("/etc/chrony/chrony.conf", Resource.text(ClockFiles.class, "chrony.conf")),
        NodeFile.file("/etc/chrony/sources.d/kiln.sources", Templates.fill(SOURCES, sources)));
  }

  /** A name may stand for several servers, an address for one (chrony.conf(5)). */
  private static Source source(String host) {
    return new Source(IPV4.matcher(host).matches() ? "server" : "pool", host);
  }

  /** Values of the template. */
  public record Sources(List<Source> servers) {}

  /** One line of it. */
  public record Source(String directive, String host) {}
}
