package dev.kiln.builder.gomod;

import dev.kiln.builder.key.ProductKey;
import dev.kiln.file.Digest;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The hashes of one version of a module.
 *
 * @param hashes by file, of which there is one at least
 */
record ModuleSums(Map<GoSum.Entry, String> hashes) {
  ModuleSums {
    hashes = Collections.unmodifiableMap(new LinkedHashMap<>(hashes));
  }

  /** Those of each version of each module, in the order in which they come. */
  static Collection<ModuleSums> of(Map<GoSum.Entry, String> hashes) {
    Map<String, Map<GoSum.Entry, String>> byVersion = new LinkedHashMap<>();
    hashes.forEach(
        (entry, hash) ->
            byVersion
                .computeIfAbsent(entry.lookup(), any -> new LinkedHashMap<>())
                .put(entry, hash));
    return byVersion.values().stream().map(ModuleSums::new).toList();
  }

  /** One of the files. */
  GoSum.Entry any() {
    return hashes.keySet().iterator().next();
  }

  /** Its name, and its version. */
  String name() {
    return any().module() + " " + any().version();
  }

  /**
   * The key of what a checksum database says of them.
   *
   * @param database its name
   */
  Digest key(NoteKey database) {
    ProductKey key =
        new ProductKey("what a checksum database confirmed")
            .add("name", database.name())
            .add("key", database.id());
    hashes.forEach((entry, hash) -> key.add(entry.toString(), hash));
    return key.digest();
  }
}
