package gatehouse.model.remote;

import gatehouse.alert.Evidence;

/**
 * A door was opened remotely.
 *
 * @param seen the door's own event
 * @param place the door's place
 * @param account who asked; empty: not known
 * @param told whether it became an alert
 */
public record Opened(Evidence seen, String place, String account, boolean told) {

  /** The same, told or not. */
  public Opened told(boolean now) {
    return new Opened(seen, place, account, now);
  }
}
