package gatehouse.api.alert;

/** How an alert turned out (处置). */
public enum Disposition {
  TRUE,
  /** It happened as the model says, and it was innocent. */
  FALSE_BENIGN,
  /** It did not happen: a bad read, a bad clock, a broken sensor. */
  FALSE_DATA,
  DUPLICATE,
  TEST
}
