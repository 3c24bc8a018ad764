package dev.kiln.document;

import java.util.Optional;

/** Makes a value of a node, or says in {@code problems} why it cannot. */
@FunctionalInterface
public interface Decoder<T> {
  /** Empty exactly where at least one problem was added. */
  Optional<T> decode(Node node, Problems problems);
}
