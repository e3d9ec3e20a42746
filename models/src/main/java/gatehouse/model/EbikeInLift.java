package gatehouse.model;

import gatehouse.alert.Audience;
import gatehouse.alert.EpisodePolicy;
import gatehouse.alert.Evidence;
import gatehouse.alert.Finding;
import gatehouse.alert.Severity;
import gatehouse.analysis.AnalysisModel;
import gatehouse.analysis.ModelCard;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Settings.Setting;
import gatehouse.analysis.Step;
import gatehouse.event.Direction;
import gatehouse.event.TagRead;
import gatehouse.event.TrackSighting;
import gatehouse.event.TrackSighting.Kind;
import gatehouse.fact.Fact;
import gatehouse.site.DoorSpec;
import gatehouse.site.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An e-bike is in a lift: its battery may burn where nobody can get out.
 *
 * <p>The lift's camera says so in at least {@code frames} of its newest {@code ofFrames} frames
 * with something on wheels, all within {@code window}, and in none of them a wheelchair or a pram;
 * or the tag of an e-bike is read in the car. One ride is one alert.
 *
 * <p>Source: majority voting over frames (L. Lam, C. Suen, IEEE Trans. SMC 27, 1997).
 */
public final class EbikeInLift implements AnalysisModel<Fact, EbikeInLift.State> {

  private static final int FRAMES = 16;

  private final Settings settings;

  /** The model with these settings. */
  public EbikeInLift(Settings settings) {
    this.settings = settings;
  }

  /** What can be tuned. */
  public record Settings(
      @Setting(value = "a frame counts from this confidence on", unit = "share", max = 1)
          double confidence,
      @Setting(value = "so many frames must show an e-bike", min = 1, max = FRAMES) int frames,
      @Setting(value = "out of so many", min = 1, max = FRAMES) int ofFrames,
      @Setting(value = "all within this time", max = 60) Duration window,
      @Setting(value = "a wheelchair or pram of this confidence is a veto", unit = "share", max = 1)
          double vetoConfidence,
      @Setting(value = "a tag counts from this signal strength on", unit = "dBm", min = -120)
          double tagRssi,
      @Setting(value = "a ride is over when nothing was seen for this long", max = 3600)
          Duration rideOver,
      @Setting(value = "an alert that goes on is renewed this often", max = 3600) Duration renewed,
      @Setting(value = "share of its alerts that are true", unit = "share", max = 1)
          double reliability)
      implements gatehouse.analysis.Settings {

    /** The values of the specification. */
    public static final Settings DEFAULTS =
        new Settings(
            0.8,
            3,
            5,
            Duration.ofSeconds(3),
            0.5,
            -75,
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            0.95);
  }

  /**
   * What is kept of a lift during a ride.
   *
   * @param frames the newest frames with something on wheels, oldest first
   * @param ride the ride that was told, if any
   * @param tags tags told during the ride
   * @param last when something was seen last
   */
  public record State(List<Frame> frames, @Nullable Ride ride, List<String> tags, Instant last) {

    private static final State NEW = new State(List.of(), null, List.of(), Instant.MIN);
  }

  /**
   * One frame of the camera.
   *
   * @param evidence its event
   * @param eBike whether it shows an e-bike
   * @param veto whether it shows a wheelchair or pram
   */
  public record Frame(Evidence evidence, boolean eBike, boolean veto) {}

  /**
   * A ride that the camera told of.
   *
   * @param trigger the event that made it an alert
   * @param since its first frame
   * @param told when it was told last
   */
  public record Ride(String trigger, Instant since, Instant told) {}

  /** Its line in the catalogue. */
  public static ModelEntry<Fact, State, Settings> entry() {
    return new ModelEntry<>(
        "ebike-in-lift",
        1,
        Ordering.EVENT_TIME,
        Set.of(TrackSighting.class, TaggedRide.class),
        State.class,
        Settings.DEFAULTS,
        EbikeInLift::new,
        new EpisodePolicy(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofDays(7)),
        new ModelCard(
            "E-bike in a lift",
            "电动车进电梯",
            "An e-bike is taken into a lift: seen in three of five frames of the car's camera, or by"
                + " its tag.",
            List.of(Audience.PROPERTY),
            ModelCard.LateData.COMMUTATIVE,
            List.of(
                "Wheelchairs and prams: one such frame among the five is a veto, and takes back an"
                    + " alert that has just begun",
                "Ordinary bicycles: another class; e-bike frames below the confidence do not count",
                "A passing misjudgement or a mirror: three of five frames within three seconds",
                "A tag in the lobby read through the wall: weak readings do not count",
                "A tag that is on something else by now: the registry as it was at that time; a"
                    + " correction takes the alert back"),
            "Majority vote of frames; vendors claim 94 to 99 % recognition in 1 to 2 s"),
        EbikeInLift::example);
  }

  /** The smallest history in which it finds something: three frames of an e-bike. */
  public static List<Fact> example() {
    return List.of(
        Sample.entry(Sample.COMMUNITY, lift()),
        frame("lift-1", "2026-11-24T10:00:00Z"),
        frame("lift-2", "2026-11-24T10:00:01Z"),
        frame("lift-3", "2026-11-24T10:00:02Z"));
  }

  private static Place lift() {
    return new Place(
        "b3-lift",
        Place.Kind.LIFT,
        "Building 3, lift",
        "b3",
        "",
        Sample.TIME_ZONE,
        List.of(),
        List.of(),
        null,
        DoorSpec.NONE,
        List.of(),
        Map.of());
  }

  private static Fact frame(String id, String time) {
    return new TrackSighting(
        Sample.origin(id, Sample.COMMUNITY, "b3-lift", time),
        "t1",
        Kind.E_BIKE,
        null,
        null,
        1,
        0.93,
        Direction.UNKNOWN,
        "");
  }

  @Override
  public List<String> keys(Fact fact) {
    if (fact instanceof TaggedRide ride) {
      boolean strong = ride.read().rssi() >= settings.tagRssi();
      return strong ? List.of(key(ride.community(), ride.read().place())) : List.of();
    }
    return fact instanceof TrackSighting sighting
            && sighting.place().kind() == Place.Kind.LIFT
            && hasWheels(sighting.kind())
        ? List.of(key(fact.community(), sighting.place()))
        : List.of();
  }

  private static boolean hasWheels(Kind kind) {
    return switch (kind) {
      case E_BIKE, BICYCLE, WHEELCHAIR, PRAM, OBJECT -> true;
      case PERSON, VEHICLE -> false;
    };
  }

  private static String key(String community, Place place) {
    return community + '/' + place.id();
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    if (fact instanceof TaggedRide ride) {
      return tagged(ride, current(before, fact.time()));
    }
    return seen((TrackSighting) fact, current(before, fact.time()));
  }

  @Override
  public Step<State> onWake(String key, Instant now, State state) {
    return over(state, now) ? Step.forget() : keep(state);
  }

  private State current(@Nullable State before, Instant now) {
    return before == null || over(before, now) ? State.NEW : before;
  }

  private boolean over(State state, Instant now) {
    return !now.isBefore(state.last().plus(settings.rideOver()));
  }

  private Step<State> keep(State state) {
    return Step.keep(state).wakeAt(state.last().plus(settings.rideOver()));
  }

  private Step<State> seen(TrackSighting sighting, State state) {
    Instant now = sighting.time();
    List<Frame> frames = withFrame(state.frames(), sighting);
    List<Frame> votes = frames.stream().filter(Frame::eBike).toList();
    boolean vetoed = frames.stream().anyMatch(Frame::veto);
    Ride ride = state.ride();
    if (vetoed
        && ride != null
        && !now.isAfter(ride.since().plus(settings.window().multipliedBy(2)))) {
      return keep(new State(frames, null, state.tags(), now)).finding(takenBack(sighting, ride));
    }
    if (vetoed || votes.size() < settings.frames()) {
      return keep(new State(frames, ride, state.tags(), now));
    }
    if (ride != null && now.isBefore(ride.told().plus(settings.renewed()))) {
      return keep(new State(frames, ride, state.tags(), now));
    }
    Ride told =
        ride == null
            ? new Ride(sighting.id(), votes.get(0).evidence().time(), now)
            : new Ride(ride.trigger(), ride.since(), now);
    Place place = sighting.place();
    Finding finding =
        Finding.evidence(place.id(), told.trigger(), sighting.community(), place.id(), now)
            .since(told.since())
            .subject("lift", place.id(), "lift")
            .severity(Severity.P2)
            .to(Audience.PROPERTY)
            .explanation("ebike-in-lift.seen")
            .value("lift", Labels.of(place))
            .value("frames", votes.size())
            .value("of", frames.size())
            .value("confidence", Math.round(100 * sighting.confidence()))
            .stoppedBy("ebike-in-lift.left-outside")
            .evidence(votes.stream().map(Frame::evidence).toList())
            .score(settings.reliability())
            .build();
    return keep(new State(frames, told, state.tags(), now)).finding(finding);
  }

  /** What comes into view of the camera may turn out to be a wheelchair or pram. */
  private static Finding takenBack(TrackSighting sighting, Ride ride) {
    String place = sighting.place().id();
    return Finding.retract(
        place,
        ride.trigger(),
        sighting.community(),
        place,
        sighting.time(),
        "ebike-in-lift.wheelchair-or-pram");
  }

  /** What the camera sees at one moment is one frame, whatever it is tracked as. */
  private List<Frame> withFrame(List<Frame> before, TrackSighting sighting) {
    Evidence evidence = Evidence.of(sighting, "ebike-in-lift.frame");
    boolean eBike =
        sighting.kind() == Kind.E_BIKE && sighting.confidence() >= settings.confidence();
    boolean veto =
        (sighting.kind() == Kind.WHEELCHAIR || sighting.kind() == Kind.PRAM)
            && sighting.confidence() >= settings.vetoConfidence();
    Instant from = sighting.time().minus(settings.window());
    List<Frame> next = new ArrayList<>();
    Frame now = new Frame(evidence, eBike, veto);
    for (Frame frame : before) {
      Evidence old = frame.evidence();
      if (old.time().equals(evidence.time()) && old.device().equals(evidence.device())) {
        now =
            new Frame(frame.eBike() ? old : evidence, frame.eBike() || eBike, frame.veto() || veto);
      } else if (!old.time().isBefore(from)) {
        next.add(frame);
      }
    }
    next.add(now);
    return List.copyOf(next.subList(Math.max(0, next.size() - settings.ofFrames()), next.size()));
  }

  private Step<State> tagged(TaggedRide ride, State state) {
    TagRead read = ride.read();
    Place place = read.place();
    boolean corrected = ride.time().isAfter(read.time());
    if (corrected && !ride.eBike()) {
      Step<State> kept = state.equals(State.NEW) ? Step.forget() : keep(state);
      return kept.finding(
          Finding.retract(
              place.id(),
              read.id(),
              read.community(),
              place.id(),
              ride.time(),
              "ebike-in-lift.other-object"));
    }
    if (corrected || !ride.eBike()) {
      return state.equals(State.NEW) ? Step.forget() : keep(state);
    } else if (state.tags().contains(read.tag())) {
      return keep(new State(state.frames(), state.ride(), state.tags(), ride.time()));
    }
    List<String> tags = new ArrayList<>(state.tags());
    tags.add(read.tag());
    if (tags.size() > FRAMES) {
      tags.remove(0);
    }
    Finding finding =
        Finding.evidence(place.id(), read)
            .subject("tag", read.tag(), "e-bike")
            .subject("lift", place.id(), "lift")
            .severity(Severity.P2)
            .to(Audience.PROPERTY)
            .explanation("ebike-in-lift.tag")
            .value("lift", Labels.of(place))
            .value("tag", read.tag())
            .stoppedBy("ebike-in-lift.left-outside")
            .evidence(Evidence.of(read, "ebike-in-lift.tag-read"))
            .score(settings.reliability())
            .build();
    return keep(new State(state.frames(), state.ride(), List.copyOf(tags), ride.time()))
        .finding(finding);
  }
}
