package dev.kiln.builder.distro.debian.index;

/**
 * What stands behind a colon after a package's name, as apt understands it where packages of one
 * architecture are installed. To apt {@code python3:any} and {@code libc6:amd64} are names of their
 * own, which some packages have beside their plain one.
 *
 * @param text behind the colon; empty where there is none
 */
public record Qualifier(Kind kind, String text) {
  /** No colon at all. */
  public static final Qualifier NONE = new Qualifier(Kind.NONE, "");

  /** What it asks for. */
  public enum Kind {
    /** Nothing in particular. */
    NONE,
    /** {@code :any}: a package of any architecture, where the package allows that. */
    ANY,
    /** {@code :native}, or the name of the image's architecture. */
    OWN,
    /** Another architecture, be there one of that name or not. */
    OTHER
  }

  /**
   * Reads one.
   *
   * @param architecture of the image, which {@code native} means as well
   */
  static Qualifier of(String text, String architecture) {
    if (text.equals("native") || text.equals(architecture)) {
      return new Qualifier(Kind.OWN, architecture);
    }
    return new Qualifier(text.equals("any") ? Kind.ANY : Kind.OTHER, text);
  }

  /**
   * Whether a relation that is qualified so means a name.
   *
   * @param offered how the name is qualified where it is given; a package's own is not
   * @param multiArch of the package that has or provides the name
   */
  boolean isMetBy(Qualifier offered, BinaryPackage.MultiArch multiArch) {
    return switch (kind) {
      case NONE, OWN -> offered.kind == Kind.NONE || offered.kind == Kind.OWN;
      case ANY ->
          offered.kind == Kind.ANY
              || (offered.kind == Kind.NONE && multiArch == BinaryPackage.MultiArch.ALLOWED);
      case OTHER -> offered.equals(this);
    };
  }

  @Override
  public String toString() {
    return kind == Kind.NONE ? "" : ":" + text;
  }
}
