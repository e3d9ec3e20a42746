package gatehouse.model.loiter;

import gatehouse.alert.Evidence;
import gatehouse.model.door.DeviceWatch;
import gatehouse.model.door.DoorPermits;
import gatehouse.site.Zone;
import gatehouse.stats.DurationSketch;
import java.time.Instant;
import java.util.List;

/**
 * What is kept of a closed area.
 *
 * @param zone the area
 * @param timeZone its time zone
 * @param heard when anything was heard of it last
 * @param stays who is there now, at most {@value #STAYS}
 * @param past who was there within the last hour, at most {@value #PAST}
 * @param byDay how long stays last by day
 * @param byNight and by night
 * @param admitted when somebody was let in whose track has not begun, at most {@value #ADMITTED}
 * @param permits what explains a stay
 * @param alarms the newest that were told, at most {@value #ALARMS}
 * @param watch what its cameras say of themselves
 * @param unseeing cameras of which device-health says that they miss something
 * @param updating cameras that tell of a track again and again, at most {@value #CAMERAS}
 */
public record LoiteringState(
    Zone zone,
    String timeZone,
    Instant heard,
    List<Stay> stays,
    List<Stay> past,
    DurationSketch byDay,
    DurationSketch byNight,
    List<Instant> admitted,
    DoorPermits permits,
    List<Stay> alarms,
    DeviceWatch watch,
    List<String> unseeing,
    List<String> updating) {

  /** The same in this time zone. */
  public LoiteringState inTimeZone(String other) {
    return new LoiteringState(
        zone, other, heard, stays, past, byDay, byNight, admitted, permits, alarms, watch, unseeing,
        updating);
  }

  static final int STAYS = 64;
  static final int PAST = 64;
  static final int ADMITTED = 16;
  static final int ALARMS = 8;
  static final int CAMERAS = 16;

  /**
   * Somebody's stay.
   *
   * @param subject the camera's own id of the track or face; means nothing elsewhere
   * @param device the camera
   * @param from when it began
   * @param seen when the subject was seen last
   * @param bounded whether the camera says when tracks begin and end
   * @param excused whether somebody was let in for it
   * @param told whether it is an alert
   * @param first the event that began it
   * @param last the newest event of it
   */
  public record Stay(
      String subject,
      String device,
      Instant from,
      Instant seen,
      boolean bounded,
      boolean excused,
      boolean told,
      Evidence first,
      Evidence last) {

    boolean sameAs(String otherDevice, String otherSubject) {
      return device.equals(otherDevice) && subject.equals(otherSubject);
    }

    Stay seenAgain(Instant earliest, Instant at, boolean nowBounded, Evidence event) {
      return new Stay(subject, device, earliest, at, nowBounded, excused, told, first, event);
    }

    Stay until(Instant end) {
      return new Stay(subject, device, from, end, bounded, excused, told, first, last);
    }

    Stay markedTold() {
      return new Stay(subject, device, from, seen, bounded, excused, true, first, last);
    }

    /** The same with what follows it under another track. */
    Stay goingOn(Stay after) {
      return new Stay(
          after.subject(),
          device,
          from,
          after.seen(),
          after.bounded(),
          excused || after.excused(),
          told || after.told(),
          first,
          after.last());
    }

    Stay asTrack(String newSubject) {
      return new Stay(newSubject, device, from, seen, bounded, excused, told, first, last);
    }
  }
}
