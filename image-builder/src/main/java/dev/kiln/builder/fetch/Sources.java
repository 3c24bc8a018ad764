package dev.kiln.builder.fetch;

import dev.kiln.builder.fetch.FailedAttempt.Reason;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All addresses, whatever their scheme; hosts that turned out dead are not asked again. */
final class Sources {
  private final Source files = new FileSource();
  private final Set<String> dead = ConcurrentHashMap.newKeySet();
  private final Supplier<Source> makesWeb;
  private @Nullable Source web;

  Sources(Map<String, String> environment, Patience patience) {
    this(web(environment, patience));
  }

  /** A wrong variable is refused at once: it is nobody's fault who is asked later. */
  private static Supplier<Source> web(Map<String, String> environment, Patience patience) {
    EnvironmentProxies proxies = new EnvironmentProxies(environment);
    return () -> new WebSource(new WebClients(proxies, environment, patience), patience);
  }

  /**
   * Reads files, and the web in a way of the caller's.
   *
   * @param makesWeb is asked when it is first needed
   */
  Sources(Supplier<Source> makesWeb) {
    this.makesWeb = makesWeb;
  }

  Body open(URI address, long from) throws FailedAttempt, InterruptedException {
    return of(address).open(address, from);
  }

  void look(URI address) throws FailedAttempt, InterruptedException {
    of(address).look(address);
  }

  private Source of(URI address) throws FailedAttempt {
    if (Addresses.isFile(address)) {
      return files;
    }
    if (isDead(address)) {
      throw new FailedAttempt(Reason.UNREACHABLE, "its host did not answer before");
    }
    return web();
  }

  boolean isDead(URI address) {
    return dead.contains(Addresses.host(address));
  }

  /** Learns from the last failure at an address. */
  void remember(URI address, FailedAttempt failure) {
    if (failure.reason() == Reason.UNREACHABLE) {
      dead.add(Addresses.host(address));
    }
  }

  synchronized void close() {
    if (web != null) {
      web.close();
    }
  }

  private synchronized Source web() {
    Source there = web;
    if (there == null) {
      there = makesWeb.get();
      web = there;
    }
    return there;
  }
}
