package gatehouse.api.identity;

/** What somebody is charged with within the role. Each includes what the one before it may. */
public enum Duty {
  /** No further distinction in this role. */
  NONE,
  /** Property: watches gates and doors. */
  GUARD,
  /** Property: keeps the registry, the leases and the work orders. */
  OPERATOR,
  /** Property: approves, exports, and answers for the communities. */
  MANAGER,
  /** Police: works on alerts and cases. */
  ANALYST,
  /** Police: approves what an analyst asks for. */
  SUPERVISOR;

  /** The duty of an account whose maker did not name one. */
  static Duty usual(Role role) {
    return switch (role) {
      case POLICE -> ANALYST;
      case PROPERTY -> MANAGER;
      default -> NONE;
    };
  }

  /** Whether whoever has this duty may do what the other one may. */
  public boolean includes(Duty other) {
    return switch (this) {
      case OPERATOR -> other == GUARD || other == OPERATOR;
      case MANAGER -> other == GUARD || other == OPERATOR || other == MANAGER;
      case SUPERVISOR -> other == ANALYST || other == SUPERVISOR;
      default -> other == this;
    };
  }

  /** Whether the duty exists in the role. */
  boolean isOf(Role role) {
    return switch (role) {
      case POLICE -> this == ANALYST || this == SUPERVISOR;
      case PROPERTY -> this == GUARD || this == OPERATOR || this == MANAGER;
      default -> this == NONE;
    };
  }
}
