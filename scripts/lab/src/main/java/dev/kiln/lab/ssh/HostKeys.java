package dev.kiln.lab.ssh;

import dev.kiln.lab.console.Console;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;

/**
 * The SSH host keys of one machine as its console showed them: cloud-init prints them there between
 * two markers. Who can read the console needs to trust no network.
 *
 * @param lines each {@code TYPE BASE64}, as in {@code known_hosts}
 */
public record HostKeys(Set<String> lines) {
  static final String BEGIN = "-----BEGIN SSH HOST KEY KEYS-----";
  static final String END = "-----END SSH HOST KEY KEYS-----";

  private static final Pattern KEY =
      Pattern.compile("\\b(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(?:256|384|521)) ([A-Za-z0-9+/=]+)");

  public HostKeys {
    lines = Set.copyOf(lines);
  }

  /** Waits until the machine has printed them. */
  public static HostKeys await(Console console, Duration limit) {
    console.awaitLine(Pattern.compile(END), limit);
    return of(console.lines().stream().map(line -> line.text()).toList());
  }

  /** Takes every whole key; one that another message ran into is left out. */
  public static HostKeys of(List<String> console) {
    Set<String> keys = new LinkedHashSet<>();
    for (String line : console) {
      Matcher matcher = KEY.matcher(line);
      if (matcher.find() && parse(matcher.group()).isPresent()) {
        keys.add(matcher.group());
      }
    }
    return new HostKeys(keys);
  }

  boolean has(PublicKey presented) {
    return lines.stream()
        .flatMap(line -> parse(line).stream())
        .anyMatch(known -> KeyUtils.compareKeys(known, presented));
  }

  /**
   * The lines of a {@code known_hosts} file.
   *
   * @param address the machine's
   */
  public String knownHosts(String address) {
    return lines.stream()
        .sorted()
        .map(line -> address + " " + line + "\n")
        .collect(Collectors.joining());
  }

  private static Optional<PublicKey> parse(String line) {
    try {
      return Optional.ofNullable(
          PublicKeyEntry.parsePublicKeyEntry(line).resolvePublicKey(null, null, null));
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      return Optional.empty();
    }
  }
}
