package gatehouse.model.flow;

import gatehouse.event.AccessEvent;
import gatehouse.event.DeviceEvent;
import gatehouse.event.Direction;
import gatehouse.event.Outcome;
import gatehouse.event.PlateRead;
import gatehouse.event.TrackSighting;
import gatehouse.site.Place;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody or something passed, or was counted passing.
 *
 * @param subjects what is counted; a camera and a reader at one place count apart, so that nobody
 *     counts twice
 * @param direction which way
 * @param count how many
 */
public record Passing(Subjects subjects, Direction direction, int count) {

  /** Classes of holders that do not live or work here. */
  private static final Set<String> VISITORS = Set.of("visitor", "guest");

  /** What is counted. */
  public enum Subjects {
    CREDENTIAL,
    VISITOR,
    PLATE,
    PERSON,
    VEHICLE,
    CYCLE;

    /** As part of a key and in texts. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The passing that the event tells of; null: none. A track in a zone tells of one when it crossed
   * a line, or when the camera reports no more than a count; but a count in a room certified for so
   * many people says who is in it, not who passes.
   */
  public static @Nullable Passing of(DeviceEvent event) {
    if (event instanceof AccessEvent access) {
      return access.passed() ? of(access) : null;
    } else if (event instanceof PlateRead read) {
      return read.outcome() == Outcome.DENIED
          ? null
          : new Passing(Subjects.PLATE, read.direction(), 1);
    } else if (event instanceof TrackSighting track) {
      return of(track);
    }
    return null;
  }

  /**
   * Visitors count apart: whether residents go out is much the same for all of them, but guests
   * come for a reason of their own. A visitor at a door inside has passed the border already.
   */
  private static @Nullable Passing of(AccessEvent access) {
    if (!VISITORS.contains(access.subjectType().toLowerCase(Locale.ROOT))) {
      return new Passing(Subjects.CREDENTIAL, access.direction(), 1);
    }
    return atBorder(access.place()) ? new Passing(Subjects.VISITOR, access.direction(), 1) : null;
  }

  private static boolean atBorder(Place place) {
    String outside = place.from().isEmpty() ? "" : place.from().get(0).id();
    String inside = place.to().isEmpty() ? "" : place.to().get(0).id();
    return place.from().isEmpty() || !outside.equals(inside);
  }

  private static @Nullable Passing of(TrackSighting track) {
    boolean crossed = track.direction() != Direction.UNKNOWN;
    boolean counted = track.enteredAt() == null && track.leftAt() == null;
    boolean occupancy = track.place().to().stream().anyMatch(zone -> zone.capacity() != null);
    if (track.count() < 0 || !(crossed || (counted && !occupancy))) {
      return null;
    }
    return switch (track.kind()) {
      case PERSON -> new Passing(Subjects.PERSON, track.direction(), track.count());
      case VEHICLE -> new Passing(Subjects.VEHICLE, track.direction(), track.count());
      case BICYCLE, E_BIKE -> new Passing(Subjects.CYCLE, track.direction(), track.count());
      case WHEELCHAIR, PRAM, OBJECT -> null;
    };
  }
}
