package gatehouse.api.alert;

/** What people have done about an alert. */
public enum Handling {
  NEW,
  ACKNOWLEDGED,
  RESOLVED
}
