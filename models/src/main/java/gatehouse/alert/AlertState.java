package gatehouse.alert;

/** Whether the condition lasts. What people did about it is kept by the API, apart from this. */
public enum AlertState {
  OPEN,
  CLOSED,
  /** A fact that became known later explains it. */
  RETRACTED
}
