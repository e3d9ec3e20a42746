package gatehouse.model;

import gatehouse.alert.Audience;
import gatehouse.alert.EpisodePolicy;
import gatehouse.analysis.AnalysisModel;
import gatehouse.analysis.ModelCard;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Step;
import gatehouse.event.AccessEvent;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DeviceStatus;
import gatehouse.event.DoorEvent;
import gatehouse.event.FaceCapture;
import gatehouse.event.TrackSighting;
import gatehouse.fact.Fact;
import gatehouse.model.clock.TrueOrder;
import gatehouse.model.door.DoorKey;
import gatehouse.model.door.DoorPermits;
import gatehouse.model.tailgate.Judge;
import gatehouse.model.tailgate.TailgatedDoor;
import gatehouse.model.tailgate.TailgatingSettings;
import gatehouse.model.tailgate.TailgatingState;
import gatehouse.registry.Permit;
import gatehouse.site.Device;
import gatehouse.site.Place;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * More persons passed inward than were let in (尾随).
 *
 * <p>An opening begins with a grant and lasts until the door has closed, or nobody passes any more,
 * at most {@code cycleMax}; {@link Judge} says whether it adds up. At turnstiles and into areas
 * where nobody may slip through, each opening that does not is an alert. At ordinary doors an
 * opening is an alert only if a follower has evidence of their own: a stranger's face that nothing
 * explains, or two too many seen clearly. All other excess only counts for the door: when there is
 * lastingly more of it than the door's own usual share (CUSUM on the daily count), the door is
 * habitually tailgated; told once in {@code habitEvery}.
 *
 * <p>Nothing is concluded of an opening during a scheduled or fire release or a permit, of one
 * opened remotely or with a key (how many were let in is not known), and when a device of the door
 * was blind. The devices' events are taken in their {@link TrueOrder}; nothing is concluded while a
 * clock is known no better than {@code clockTolerance}. A visitor's pass or permit that is recorded
 * later takes an alert back.
 *
 * <p>Score: with e the door's share of openings with too many, p the share of openings that are
 * tailgated, c the camera's confidence and n too many, p c / (p c + (1 − p) eⁿ); a stranger's face
 * counts like one more. Source of e's prior: vendors of people counters claim 1.5 to 3 % errors.
 */
public final class Tailgating implements AnalysisModel<Fact, TailgatingState> {

  private final TailgatingSettings settings;

  /** The model with these settings. */
  public Tailgating(TailgatingSettings settings) {
    this.settings = settings;
  }

  /** Its line in the catalogue. */
  public static ModelEntry<Fact, TailgatingState, TailgatingSettings> entry() {
    return new ModelEntry<>(
        "tailgating",
        1,
        Ordering.EVENT_TIME,
        Set.of(
            AccessEvent.class,
            DoorEvent.class,
            TrackSighting.class,
            FaceCapture.class,
            DeviceStatus.class,
            UnitEntry.class,
            HouseholdEntry.class,
            DeviceHealth.class,
            Device.class,
            Permit.class),
        TailgatingState.class,
        TailgatingSettings.DEFAULTS,
        Tailgating::new,
        EpisodePolicy.DEFAULT,
        new ModelCard(
            "Tailgating",
            "尾随进入",
            "More persons pass inward than were let in: each time at turnstiles and into"
                + " anti-tailgating areas; at other doors when a stranger follows or several do, or"
                + " when it happens lastingly more often than usual there.",
            List.of(Audience.PROPERTY),
            ModelCard.LateData.ORDERED,
            List.of(
                "Families on one card: the household's members, and persons the device knows, are"
                    + " no followers; where the household is not known, three may come along",
                "Visitors with their host: visitor's passes of the unit that hold at the time, also"
                    + " when recorded afterwards",
                "Prams and wheelchairs: one person each needs no grant",
                "People leaving while one enters: where somebody asked to leave and nobody was seen"
                    + " to, one passage may have the wrong direction",
                "Somebody steps back and comes in again: into a turnstile or anti-tailgating area, who"
                    + " goes out without asking to leave is one of those who came in",
                "Broken tracks and counting errors: passages within 0.3 s are one person; the"
                    + " door's own share of errors is learned",
                "A door where strangers often follow (children without enrolled faces, guests):"
                    + " told of as a whole only",
                "A reader that was offline, or a clock of which nobody knows how far it is off: no"
                    + " conclusion"),
            "models-spec, tailgating; NB-CUSUM on the daily count; counters' error rates as vendors"
                + " claim them"),
        TailgatingExample::history);
  }

  @Override
  public List<String> keys(Fact fact) {
    if (fact instanceof UnitEntry entry) {
      return DoorKey.at(entry.community(), entry.place());
    } else if (fact instanceof HouseholdEntry entry) {
      return DoorKey.at(entry.community(), entry.place());
    } else if (fact instanceof DeviceHealth health) {
      return DoorKey.at(health.community(), health.place().id());
    }
    return fact instanceof DeviceEvent event && !isForPersons(event.place())
        ? List.of()
        : DoorKey.of(fact, DoorPermits.DOOR_MAY_STAND_OPEN);
  }

  private static boolean isForPersons(Place place) {
    return switch (place.kind()) {
      case DOOR, TURNSTILE, FACE_CHECKPOINT, OTHER -> true;
      case VEHICLE_GATE, LIFT, POLE, CAMERA, ROOM -> false;
    };
  }

  @Override
  public Step<TailgatingState> onEvent(String key, Fact fact, @Nullable TailgatingState before) {
    TailgatedDoor door =
        new TailgatedDoor(
            key, fact.time(), before == null ? TailgatingState.NEW : before, settings);
    door.comes(fact);
    door.catchUp();
    door.seen(fact);
    return door.step();
  }

  @Override
  public Step<TailgatingState> onWake(String key, Instant now, TailgatingState state) {
    TailgatedDoor door = new TailgatedDoor(key, now, state, settings);
    door.catchUp();
    return door.step();
  }
}
