package dev.kiln.bootserver.lease;

import java.util.List;
import java.util.stream.Collectors;

/** The parts of a subnet do not agree; whoever read them from a file knows the lines. */
public final class SubnetException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // Lists of records are serialized by nobody here.
  private final List<Fault> faults;

  /** What can be wrong. */
  public enum Part {
    NETWORK,
    SERVER,
    POOL,
    ROUTER,
    DNS,
    DOMAIN;

    Fault fault(String what, String mend) {
      return new Fault(this, what, mend);
    }
  }

  /** One thing that is wrong, and how to mend it. */
  public record Fault(Part part, String what, String mend) {}

  SubnetException(List<Fault> faults) {
    super(faults.stream().map(Fault::what).collect(Collectors.joining("; ")));
    this.faults = List.copyOf(faults);
  }

  /** All that is wrong. */
  public List<Fault> faults() {
    return faults;
  }
}
