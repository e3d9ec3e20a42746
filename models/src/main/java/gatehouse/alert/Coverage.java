package gatehouse.alert;

/** Whether the sensors a conclusion rests on were healthy over the whole window. */
public enum Coverage {
  /** Nothing was concluded from something not seen. */
  NOT_NEEDED,
  /** Every sensor involved was healthy. */
  FULL,
  /** Some sensor's health is not known for the whole window; the alert says so. */
  ASSUMED
}
