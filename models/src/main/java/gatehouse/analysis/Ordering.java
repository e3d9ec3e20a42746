package gatehouse.analysis;

/** When a host shows a fact to a model. */
public enum Ordering {
  /** Behind the watermark, in event-time order. */
  EVENT_TIME,
  /** At once, in the order of arrival: for what must not wait. The result must not depend on it. */
  ON_ARRIVAL
}
