package gatehouse.score.naive;

import gatehouse.event.TrackSighting;
import gatehouse.site.Place;
import gatehouse.site.Zone;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Every naive rule, one line each. */
public final class NaiveRules {

  private static final List<NaiveRule> ALL =
      List.of(
          new DenialsInThreeMinutes(),
          new OpenedWithoutGrant(),
          AwaitedDoorChange.openForAMinute(),
          AwaitedDoorChange.notLockedAfterClosing(),
          new MoreTracksThanUnlocks(),
          new DuressSignal(),
          new AnyTamperFlag(),
          new NotValid(),
          new OutsideThePassesWindow(),
          new SevenOpensInFiveMinutes(),
          new UnusedForNinetyDays(),
          new OutsideTheRoster(),
          new InWhileIn(),
          new FasterThanAWalk(),
          new FasterThanTraffic(),
          new OneReadDiffers(),
          new NewOccupant(),
          new InsideForADay(),
          new TagWithoutOwner(),
          new NotOnTheList(),
          new ExactPlate(),
          new SosButton(),
          new AnyPoleFault(),
          new TrackStays(
              "fire-lane-blocked",
              TrackSighting.Kind.VEHICLE,
              place -> leads(place, zone -> zone.use() == Zone.Use.FIRE_LANE),
              Duration.ofMinutes(10)),
          new TrackStays(
              "loitering",
              TrackSighting.Kind.PERSON,
              place -> leads(place, zone -> zone.use().closed()),
              Duration.ofMinutes(5)),
          new TrackStays(
              "lift-trapped",
              TrackSighting.Kind.PERSON,
              place -> place.kind() == Place.Kind.LIFT,
              Duration.ofMinutes(2)),
          new OneFrameOfBike(),
          new OneCountAboveCapacity(),
          new DetectorAlarm(),
          new HeartbeatsMissed(),
          new SilentForTwelveHours(),
          new OutAtNight(),
          new PoissonThreshold());

  private NaiveRules() {}

  private static boolean leads(Place place, java.util.function.Predicate<Zone> to) {
    return place.to().stream().anyMatch(to);
  }

  /** All of them. */
  public static List<NaiveRule> all() {
    return ALL;
  }

  /** The one that stands beside a model. */
  public static Optional<NaiveRule> beside(String model) {
    return ALL.stream().filter(rule -> rule.model().equals(model)).findFirst();
  }
}
