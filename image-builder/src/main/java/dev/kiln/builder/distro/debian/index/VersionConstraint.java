package dev.kiln.builder.distro.debian.index;

/**
 * The part of a relation in parentheses (Debian Policy 7.1).
 *
 * @param than the version compared with
 */
public record VersionConstraint(Operator operator, DebianVersion than) {
  /** The comparisons of Debian Policy 7.1. */
  public enum Operator {
    EARLIER("<<"),
    EARLIER_OR_EQUAL("<="),
    EQUAL("="),
    LATER_OR_EQUAL(">="),
    LATER(">>");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }

    private boolean holds(int order) {
      return switch (this) {
        case EARLIER -> order < 0;
        case EARLIER_OR_EQUAL -> order <= 0;
        case EQUAL -> order == 0;
        case LATER_OR_EQUAL -> order >= 0;
        case LATER -> order > 0;
      };
    }

    /** Also takes the deprecated {@code <} and {@code >}, which mean "or equal". */
    static Operator parse(String sign) {
      for (Operator operator : values()) {
        if (operator.sign.equals(sign)) {
          return operator;
        }
      }
      return switch (sign) {
        case "<" -> EARLIER_OR_EQUAL;
        case ">" -> LATER_OR_EQUAL;
        default -> throw new IllegalArgumentException("'" + sign + "' is no comparison");
      };
    }
  }

  /** Whether this version will do. */
  public boolean accepts(DebianVersion version) {
    return operator.holds(version.compareTo(than));
  }

  @Override
  public String toString() {
    return "(" + operator.sign + " " + than + ")";
  }
}
