package gatehouse.model.door;

import gatehouse.alert.Evidence;
import gatehouse.event.AccessEvent;
import gatehouse.event.DeviceEvent;
import gatehouse.event.Direction;
import gatehouse.event.DoorEvent;
import gatehouse.event.Outcome;
import gatehouse.event.PlateRead;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has let a door open: the newest grant, exit request and other release, and releases that
 * last.
 *
 * @param grant the newest grant to a credential or plate
 * @param exitRequest the newest request to exit
 * @param other the newest remote, scheduled, fire or key release
 * @param newest time of the newest release of any kind
 * @param scheduled whether a scheduled release is in force
 * @param fireSince since when a fire release is in force
 * @param leavingSeenAt when somebody leaving last released the door: by button, sensor or reader
 */
public record DoorReleases(
    @Nullable Evidence grant,
    @Nullable Evidence exitRequest,
    @Nullable Evidence other,
    @Nullable Instant newest,
    boolean scheduled,
    @Nullable Instant fireSince,
    @Nullable Instant leavingSeenAt) {

  /** Nothing has released the door yet. */
  public static final DoorReleases NONE =
      new DoorReleases(null, null, null, null, false, null, null);

  /** The same after an event of the door; events that release nothing change nothing. */
  public DoorReleases after(DeviceEvent event, Roles roles) {
    if (event instanceof AccessEvent access && access.passed()) {
      return granted(Evidence.of(event, roles.grant()), access.direction());
    } else if (event instanceof PlateRead read && read.outcome() == Outcome.GRANTED) {
      return granted(Evidence.of(event, roles.grant()), read.direction());
    } else if (event instanceof DoorEvent door) {
      return changed(door, roles);
    }
    return this;
  }

  /**
   * What the pieces of evidence are called.
   *
   * @param grant code for a grant
   * @param exitRequest code for a request to exit
   * @param other code for any other release
   */
  public record Roles(String grant, String exitRequest, String other) {}

  /** Whether anything released the door at or after this time, or lets it be open still. */
  public boolean since(Instant from, Duration fireHolds) {
    return scheduled
        || (newest != null && !newest.isBefore(from))
        || (fireSince != null && !fireSince.plus(fireHolds).isBefore(from));
  }

  /** Whether a release that lasts is in force. */
  public boolean lasting(Instant now, Duration fireHolds) {
    return scheduled || fireInForce(now, fireHolds);
  }

  /** When the fire release now in force ends by itself, if there is one. */
  public @Nullable Instant fireEnds(Instant now, Duration fireHolds) {
    return fireSince != null && fireInForce(now, fireHolds) ? fireSince.plus(fireHolds) : null;
  }

  /** Whether leaving is known to be reported at this door, from what was seen there. */
  public boolean leavingSeenSince(Instant from) {
    return leavingSeenAt != null && !leavingSeenAt.isBefore(from);
  }

  /** The newest release of each kind, oldest first. */
  public List<Evidence> evidence() {
    List<Evidence> all = new ArrayList<>();
    for (Evidence item : new @Nullable Evidence[] {grant, exitRequest, other}) {
      if (item != null) {
        all.add(item);
      }
    }
    all.sort(Comparator.comparing(Evidence::time).thenComparing(Evidence::eventId));
    return all;
  }

  private boolean fireInForce(Instant now, Duration fireHolds) {
    return fireSince != null && fireSince.plus(fireHolds).isAfter(now);
  }

  private DoorReleases granted(Evidence by, Direction direction) {
    Instant left = direction == Direction.OUT ? by.time() : leavingSeenAt;
    return new DoorReleases(by, exitRequest, other, by.time(), scheduled, fireSince, left);
  }

  private DoorReleases changed(DoorEvent door, Roles roles) {
    Instant at = door.time();
    return switch (door.change()) {
      case REQUEST_TO_EXIT ->
          new DoorReleases(
              grant, Evidence.of(door, roles.exitRequest()), other, at, scheduled, fireSince, at);
      case REMOTE_RELEASE, KEY_RELEASE -> released(door, roles, scheduled, fireSince);
      case SCHEDULED_RELEASE -> released(door, roles, true, fireSince);
      case SCHEDULED_END ->
          scheduled
              ? new DoorReleases(grant, exitRequest, other, at, false, fireSince, leavingSeenAt)
              : this;
      case FIRE_RELEASE -> released(door, roles, scheduled, at);
      case LOCKED ->
          fireSince != null
              ? new DoorReleases(grant, exitRequest, other, at, scheduled, null, leavingSeenAt)
              : this;
      case OPENED, CLOSED, UNLOCKED -> this;
    };
  }

  private DoorReleases released(
      DoorEvent door, Roles roles, boolean bySchedule, @Nullable Instant byFire) {
    return new DoorReleases(
        grant,
        exitRequest,
        Evidence.of(door, roles.other()),
        door.time(),
        bySchedule,
        byFire,
        leavingSeenAt);
  }
}
