package dev.kiln.document;

import dev.kiln.document.Node.Entry;
import dev.kiln.document.Node.Mapping;
import dev.kiln.document.Node.Scalar;
import dev.kiln.document.Node.ScalarType;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * JSON Merge Patch (RFC 7396) on positioned nodes: mappings are merged key by key, {@code null}
 * removes a key, and anything else replaces. Every node keeps the position of the file it came
 * from.
 */
public final class MergePatch {
  private MergePatch() {}

  public static Node apply(Node target, Node patch) {
    if (!(patch instanceof Mapping changes)) {
      return patch;
    }
    Map<String, Entry> merged =
        new LinkedHashMap<>(target instanceof Mapping base ? base.entries() : Map.of());
    changes
        .entries()
        .forEach(
            (key, entry) -> {
              if (entry.value() instanceof Scalar scalar && scalar.type() == ScalarType.NULL) {
                merged.remove(key);
              } else {
                Entry old = merged.get(key);
                Node base = old == null ? new Mapping(entry.position(), Map.of()) : old.value();
                merged.put(key, new Entry(entry.position(), apply(base, entry.value())));
              }
            });
    return new Mapping(changes.position(), merged);
  }
}
