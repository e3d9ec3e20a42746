package gatehouse.alert;

/** Whether people are told of an alert. Every alert is kept and can be looked at. */
public enum Attention {
  /** As its severity demands. */
  NOTIFY,
  /** Beyond the most that one subject or community may raise a day: counted in a digest. */
  DIGEST,
  /** Found afterwards, when late events had come: never paged. */
  HISTORIC
}
