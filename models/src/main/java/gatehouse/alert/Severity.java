package gatehouse.alert;

/** How urgent an alert is; P1 first. */
public enum Severity {
  P1,
  P2,
  P3,
  P4;

  /** The more urgent of the two. */
  public Severity orWorse(Severity other) {
    return compareTo(other) <= 0 ? this : other;
  }

  /** One step more urgent; P1 stays P1. */
  public Severity raised() {
    return switch (this) {
      case P1, P2 -> P1;
      case P3 -> P2;
      case P4 -> P3;
    };
  }

  /** One step less urgent; P4 stays P4. */
  public Severity lowered() {
    return switch (this) {
      case P1 -> P2;
      case P2 -> P3;
      case P3, P4 -> P4;
    };
  }
}
