package dev.kiln.profile;

/**
 * A zone's name, as {@code --zone} and {@code KKZONE} give it.
 *
 * @param text such as {@code cn}
 */
public record ZoneName(String text) {
  /** The zone that is taken where none is asked for. */
  public static final ZoneName DEFAULT = new ZoneName("default");

  public ZoneName {
    Words.name("a zone", text);
  }

  @Override
  public String toString() {
    return text;
  }
}
