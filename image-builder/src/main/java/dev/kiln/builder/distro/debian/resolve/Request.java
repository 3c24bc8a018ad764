package dev.kiln.builder.distro.debian.resolve;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is to be installed into an empty root.
 *
 * @param base whether the essential packages and those of priority required belong to it
 * @param wanted package to the reason why, in the profile's order
 * @param recommends whether what they recommend is installed too
 */
public record Request(boolean base, Map<String, String> wanted, boolean recommends) {
  public Request {
    wanted = Collections.unmodifiableMap(new LinkedHashMap<>(wanted));
  }
}
