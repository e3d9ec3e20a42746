package gatehouse.notification;

/** How somebody is told (通知方式). */
public enum Channel {
  /** Console, app or push. */
  APP,
  /** A telephone call to whoever is on duty, or to the person concerned. */
  CALL,
  /** A call to the contacts that were named for this. */
  CONTACT,
  /** Somebody goes there. */
  VISIT
}
