package gatehouse.model.care;

import gatehouse.alert.Evidence;
import gatehouse.event.DeviceEvent;
import gatehouse.fact.DerivedFact;
import gatehouse.site.Place;
import java.time.Instant;

/**
 * Something that shows that an enrolled elder is alive and well, or that somebody is with them.
 *
 * @param elder the elder's person id
 * @param who whom it shows: the elder, or the person who is with them
 * @param kind what it shows
 * @param event the event
 * @param community its community
 * @param place where
 */
public record SignOfLife(
    String elder, String who, Kind kind, Evidence event, String community, Place place)
    implements DerivedFact {

  /** What it shows. */
  public enum Kind {
    /** Something moved inside the home. */
    INSIDE,
    /** The door of the home was used; which way is not known. */
    ENTRANCE,
    /** The elder came in. */
    CAME,
    /** The elder went out. */
    LEFT,
    /** The elder was seen, or opened a door by phone. */
    SEEN,
    /** Somebody else of the home, or a guest, came. */
    COMPANY_CAME,
    /** Somebody else of the home, or a guest, left. */
    COMPANY_LEFT;

    /** Whether it is about somebody else. */
    public boolean company() {
      return this == COMPANY_CAME || this == COMPANY_LEFT;
    }
  }

  /** What the event shows of the elder, or of whom is with them. */
  public static SignOfLife of(String elder, String who, Kind kind, DeviceEvent event) {
    String role =
        switch (kind) {
          case INSIDE -> "elder-inactivity.inside";
          case ENTRANCE -> "elder-inactivity.entrance";
          case CAME -> "elder-inactivity.came";
          case LEFT -> "elder-inactivity.left";
          case SEEN -> "elder-inactivity.seen";
          case COMPANY_CAME, COMPANY_LEFT -> "elder-inactivity.company";
        };
    return new SignOfLife(
        elder, who, kind, Evidence.of(event, role), event.community(), event.place());
  }

  @Override
  public String id() {
    return event.device() + '/' + event.eventId() + '/' + kind + '/' + elder;
  }

  @Override
  public Instant time() {
    return event.time();
  }
}
