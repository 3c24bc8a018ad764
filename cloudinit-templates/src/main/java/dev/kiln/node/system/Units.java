package dev.kiln.node.system;

/** The links by which systemd is told what to start, and what never (systemd.unit(5)). */
final class Units {
  private static final String ETC = "/etc/systemd/system/";
  private static final String USR = "/usr/lib/systemd/system/";

  private Units() {}

  /** A unit of Kiln's own. */
  static NodeFile unit(String name, String text) {
    return NodeFile.file(USR + name, text);
  }

  /** Part of another's unit. */
  static NodeFile dropIn(String unit, String text) {
    return NodeFile.file(ETC + unit + ".d/90-kiln.conf", text);
  }

  /** Starts a unit with another, as {@code systemctl enable} does for WantedBy. */
  static NodeFile wantedBy(String other, String unit) {
    return NodeFile.link(ETC + other + ".wants/" + unit, USR + unit);
  }

  /** Starts a unit with every ordinary boot. */
  static NodeFile enabled(String unit) {
    return wantedBy("multi-user.target", unit);
  }

  /** Lets nothing ever start a unit. */
  static NodeFile masked(String unit) {
    return NodeFile.link(ETC + unit, "/dev/null");
  }
}
