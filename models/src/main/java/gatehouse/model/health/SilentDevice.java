package gatehouse.model.health;

import gatehouse.alert.Evidence;
import java.time.Instant;

/**
 * A device that is silent, and what was made of it.
 *
 * @param device its id
 * @param place where it stands
 * @param label that place, as shown to people
 * @param time when it was last heard, as shown to people
 * @param important whether it matters more than others
 * @param since when it was last heard
 * @param dueAt when it is judged, unless others fall silent with it
 * @param episode the alert it is part of; empty: it still waits
 * @param last the newest event of the device
 */
public record SilentDevice(
    String device,
    String place,
    String label,
    String time,
    boolean important,
    Instant since,
    Instant dueAt,
    String episode,
    Evidence last) {

  private static final String LINK = "link/";

  /** The same as part of this alert. */
  SilentDevice in(String alert) {
    return new SilentDevice(device, place, label, time, important, since, dueAt, alert, last);
  }

  /** The same, waiting to be judged. */
  SilentDevice waiting(Instant due) {
    return new SilentDevice(device, place, label, time, important, since, due, "", last);
  }

  boolean waits() {
    return episode.isEmpty();
  }

  boolean ofLink() {
    return episode.startsWith(LINK);
  }

  /** The alert of this device alone. */
  String alone() {
    return "silent/" + device;
  }

  /** The alert of a link whose first device this is. */
  String link() {
    return LINK + since;
  }
}
