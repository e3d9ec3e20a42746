package gatehouse.api.identity;

/** Whether those who see much must have a second factor. */
public enum SecondFactorPolicy {
  /** Until they have one they can do nothing but enrol. */
  REQUIRED,
  /** Whoever wants one has one. */
  OPTIONAL;

  /** Whether an account must have one. */
  boolean binds(Account account) {
    return this == REQUIRED
        && switch (account.role()) {
          case POLICE, OPERATIONS, AUDITOR -> true;
          case PROPERTY -> account.may(Duty.MANAGER);
          case RESIDENT -> false;
        };
  }
}
