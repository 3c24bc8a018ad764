package dev.kiln.bootserver.document;

import dev.kiln.bootserver.boot.BootPlan;
import dev.kiln.bootserver.net.MacAddress;
import dev.kiln.file.Digest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Boot scripts that were asked for, up to {@value #MOST} characters. Right for as long as machines,
 * groups and images stay what they are: kept with them, and forgotten with them.
 */
final class RenderedScripts {
  /** At one byte a character: 16 MiB. */
  static final long MOST = 16L << 20;

  private final Map<Key, String> scripts = new ConcurrentHashMap<>();
  private final AtomicLong characters = new AtomicLong();

  private record Key(String machine, MacAddress mac, Digest image) {}

  String of(BootPlan.Boot boot, Function<BootPlan.Boot, String> render) {
    Key key = new Key(boot.machine().name(), boot.mac(), boot.image().id());
    String known = scripts.get(key);
    if (known != null) {
      return known;
    }
    String made = render.apply(boot);
    if (characters.addAndGet(made.length()) <= MOST) {
      scripts.put(key, made);
    } else {
      characters.addAndGet(-made.length());
    }
    return made;
  }
}
