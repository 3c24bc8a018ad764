package dev.kiln.profile;

import dev.kiln.failure.Shown;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A part of the world: its time, and what answers there.
 *
 * @param timeZone a name as the IANA time zone database has them; whether there is such a zone,
 *     only the image's own packages tell
 * @param timeServers NTP servers or pools, the preferred first; none for the distribution's own
 * @param mirrors repository to the mirror to take there
 * @param addresses start of a pin's address to what replaces it
 * @param goProxies Go module proxies, the preferred first; what comes from them is checked by hash
 * @param registries container registry (host or host:port) to its mirrors, the preferred first
 */
public record Zone(
    ZoneName name,
    String timeZone,
    List<String> timeServers,
    Map<String, URI> mirrors,
    Map<String, URI> addresses,
    List<URI> goProxies,
    Map<String, List<URI>> registries) {
  private static final Pattern HOST =
      Pattern.compile(
          "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*");

  /** The rules for names of the IANA time zone database (its theory.html): no dot is in any. */
  private static final Pattern TIME_ZONE = Pattern.compile("[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+)*");

  private static final Pattern REGISTRY = Pattern.compile(HOST.pattern() + "(?::[0-9]{1,5})?");

  public Zone {
    timeZone(timeZone);
    timeServers.forEach(Zone::host);
    timeServers = List.copyOf(timeServers);
    mirrors = Reasons.ordered(mirrors);
    mirrors.values().forEach(mirror -> Address.parse(mirror.toString()));
    addresses.keySet().forEach(Address::parse);
    addresses = Reasons.ordered(addresses);
    goProxies.forEach(proxy -> Address.parse(proxy.toString()));
    goProxies = List.copyOf(goProxies);
    registries.keySet().forEach(Zone::registry);
    registries = Reasons.ordered(registries);
  }

  /** Coordinated Universal Time and the distribution's own time servers. */
  public static Zone universal(ZoneName name) {
    return new Zone(name, "Etc/UTC", List.of(), Map.of(), Map.of(), List.of(), Map.of());
  }

  /** Where to ask for a pin in this zone: its replaced addresses first, then its own. */
  public List<URI> addressesOf(Pin pin) {
    List<URI> all = new ArrayList<>();
    for (URI address : pin.addresses()) {
      addresses.forEach(
          (start, replacement) -> {
            if (address.toString().startsWith(start)) {
              all.add(URI.create(replacement + address.toString().substring(start.length())));
            }
          });
    }
    all.addAll(pin.addresses());
    return all.stream().distinct().toList();
  }

  /** A start whose replacement does not make an address with the rest of one of a pin's. */
  Optional<String> brokenAddressOf(Pin pin) {
    return addresses.entrySet().stream()
        .filter(
            each ->
                pin.addresses().stream()
                    .map(URI::toString)
                    .filter(address -> address.startsWith(each.getKey()))
                    .map(address -> each.getValue() + address.substring(each.getKey().length()))
                    .anyMatch(address -> !Address.isOne(address)))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  static String host(String text) {
    if (text.length() > 253 || !HOST.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'" + Shown.of(text) + "' is not a host: write a DNS name or an address");
    }
    return text;
  }

  static String registry(String text) {
    if (text.length() > 253 || !REGISTRY.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'" + Shown.of(text) + "' is not a registry: write host or host:port");
    }
    return text;
  }

  static String timeZone(String text) {
    if (text.length() > 100 || !TIME_ZONE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'" + Shown.of(text) + "' is not the name of a time zone: write such as Etc/UTC");
    }
    return text;
  }
}
