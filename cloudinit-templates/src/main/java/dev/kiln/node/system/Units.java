package dev.kiln.node.system;

import dev.kiln.profile.ImagePath;
import java.util.regex.Pattern;

/**
 * The units of a node, and the links by which systemd is told what to start, and what never
 * (systemd.unit(5)).
 *
 * @param directory where packages put theirs, and Kiln its own
 */
record Units(ImagePath directory) {
  private static final String ETC = "/etc/systemd/system/";
  private static final String STARTED = "which units start is the profile's to say";
  private static final Pattern NAME =
      Pattern.compile(
          "[A-Za-z0-9:_.@-]{1,200}\\.(?:service|socket|target|timer|path|mount|automount|slice)");

  static String name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException("no unit can be called '" + text + "'");
    }
    return text;
  }

  /** A unit of Kiln's own. */
  NodeFile unit(String name, String text) {
    return NodeFile.file(place(name), text);
  }

  /** Part of another's unit. */
  NodeFile dropIn(String unit, String text) {
    return NodeFile.file(ETC + unit + ".d/90-kiln.conf", text);
  }

  /** Starts a unit with another, as {@code systemctl enable} does for WantedBy. */
  NodeFile wantedBy(String other, String unit) {
    return NodeFile.link(ETC + other + ".wants/" + unit, place(unit)).replacing(STARTED);
  }

  /** Starts a unit with every ordinary boot. */
  NodeFile enabled(String unit) {
    return wantedBy("multi-user.target", unit);
  }

  /** Lets nothing ever start a unit. */
  NodeFile masked(String unit) {
    return NodeFile.link(ETC + unit, "/dev/null").replacing(STARTED);
  }

  private String place(String unit) {
    return directory + "/" + unit;
  }
}
