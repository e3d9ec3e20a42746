package gatehouse.alert;

/**
 * Who may lawfully see an alert. The default is the property; police only where a model says so.
 */
public enum Audience {
  POLICE,
  PROPERTY,
  RESIDENT,
  FAMILY,
  FIRE_DESK,
  OPERATIONS
}
