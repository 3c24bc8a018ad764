package dev.kiln.bootserver.machine;

import dev.kiln.bootserver.net.MacAddress;
import dev.kiln.node.facts.Hostname;
import java.util.regex.Pattern;

/**
 * How a group names its machines: a host name in which {@code {name}} stands for the machine's name
 * and {@code {mac}} for the address of the card it boots from, with hyphens.
 */
public record HostnamePattern(String text) {
  public static final HostnamePattern NAME = new HostnamePattern("{name}");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^}]*}");

  public HostnamePattern {
    String filled = fill(text, "a", "a");
    if (filled.indexOf('{') >= 0) {
      throw new IllegalArgumentException(
          "a host name pattern knows {name} and {mac}, not " + first(filled));
    }
    new Hostname(filled);
  }

  public Hostname hostname(String name, MacAddress mac) {
    return new Hostname(fill(text, name, mac.hyphens()));
  }

  private static String fill(String pattern, String name, String mac) {
    return pattern.replace("{name}", name).replace("{mac}", mac);
  }

  private static String first(String text) {
    var matcher = PLACEHOLDER.matcher(text);
    return matcher.find() ? matcher.group() : "{";
  }
}
