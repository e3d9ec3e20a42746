package gatehouse.api.store;

/**
 * What transactions of all instances exclude each other by. Each has a number of its own in the
 * database; those below 7233010 are taken by triggers of the migrations, too.
 */
public enum Lock {
  /** Changes of alerts, which their streams number. */
  ALERTS(7233001),
  /** Requests of an account for doors. */
  DOOR_REQUESTS(7233003),
  /** A thing of the registry. */
  REGISTRY_THING(7233013),
  /** Publishing the registry. */
  REGISTRY_OUTBOX(7233014),
  /** Working out what the terminals' lists are to hold. */
  CREDENTIAL_DESIRES(7233015),
  /** A terminal and its list. */
  TERMINAL(7233016),
  /** A person. */
  PERSON(7233017),
  /** A unit. */
  UNIT(7233018),
  /** Files that an account exports. */
  EXPORTS(7233019),
  /** Phones of an account. */
  PHONES(7233020),
  /** Looking for operators' abuse. */
  OPERATOR_ABUSE(7233021);

  private final int number;

  Lock(int number) {
    this.number = number;
  }

  /** Its number in the database. */
  public int number() {
    return number;
  }
}
