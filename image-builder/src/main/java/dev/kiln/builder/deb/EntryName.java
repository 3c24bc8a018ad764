package dev.kiln.builder.deb;

import dev.kiln.failure.Shown;
import java.nio.charset.StandardCharsets;

/** The name of an entry, made plain: no leading {@code ./}, no trailing slash, no way out. */
final class EntryName {
  private static final int MAX_PATH = 4096;
  private static final int MAX_COMPONENT = 255;

  private EntryName() {}

  /**
   * The plain path, such as {@code usr/bin/env}; empty for the root itself.
   *
   * @param directory whether a slash may end it
   */
  static String plain(String name, boolean directory) throws HostileDeb {
    if (name.length() > MAX_PATH) {
      throw new HostileDeb("a name has more than " + MAX_PATH + " bytes");
    }
    requirePrintable(name);
    if (name.startsWith("/")) {
      throw new HostileDeb("the name '" + shown(name) + "' is absolute");
    }
    String path = name.equals(".") || name.equals("./") ? "" : withoutDot(name);
    if (path.endsWith("/") && directory) {
      path = path.substring(0, path.length() - 1);
    }
    if (path.isEmpty()) {
      if (!directory || name.isEmpty()) {
        throw new HostileDeb("an entry has no name");
      }
      return path;
    }
    for (String component : path.split("/", -1)) {
      requireComponent(component, name);
    }
    return path;
  }

  /** A symbolic link may point anywhere: no entry goes through it. */
  static void requireTarget(String link, String target) throws HostileDeb {
    if (target.isEmpty() || target.length() > MAX_PATH) {
      throw new HostileDeb("the link '" + shown(link) + "' points nowhere");
    }
    requirePrintable(target);
  }

  /** A name as a message may show it: short, in UTF-8, on one line. */
  static String shown(String name) {
    return Shown.of(
        new String(name.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8), 200);
  }

  private static String withoutDot(String name) {
    return name.startsWith("./") ? name.substring(2) : name;
  }

  private static void requireComponent(String component, String name) throws HostileDeb {
    if (component.equals("..")) {
      throw new HostileDeb("the name '" + shown(name) + "' leaves the tree by '..'");
    }
    if (component.isEmpty() || component.equals(".")) {
      throw new HostileDeb("the name '" + shown(name) + "' has an empty part");
    }
    if (component.length() > MAX_COMPONENT) {
      throw new HostileDeb("the name '" + shown(name) + "' has too long a part");
    }
  }

  private static void requirePrintable(String name) throws HostileDeb {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) < ' ' || name.charAt(i) == 0x7f) {
        throw new HostileDeb("the name '" + shown(name) + "' has a control character in it");
      }
    }
  }
}
