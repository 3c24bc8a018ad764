package dev.kiln.document;

import dev.kiln.failure.Position;
import java.util.Optional;
import java.util.function.Function;

/** A value that remembers where it stands, for checks that need more than one value. */
public record Located<T>(Position where, T value) {
  /** Reads a value and keeps its place. */
  public static <T> Decoder<Located<T>> decoder(Decoder<T> decoder) {
    return (node, problems) -> {
      Optional<T> value = decoder.decode(node, problems);
      return value.map(read -> new Located<>(node.position(), read));
    };
  }

  public <U> Located<U> map(Function<T, U> change) {
    return new Located<>(where, change.apply(value));
  }
}
