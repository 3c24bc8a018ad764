package dev.kiln.document;

import java.util.Optional;
import java.util.function.Function;

/** Makes a value of a node, or says in {@code problems} why it cannot. */
@FunctionalInterface
public interface Decoder<T> {
  /** Empty exactly where at least one problem was added. */
  Optional<T> decode(Node node, Problems problems);

  /**
   * A decoder that looks at the value once more.
   *
   * @param next throws {@link IllegalArgumentException} with a sentence that says what is wrong
   */
  default <U> Decoder<U> map(Function<T, U> next) {
    return (node, problems) ->
        decode(node, problems)
            .flatMap(value -> Decoders.parsed(node, problems, () -> next.apply(value)));
  }
}
