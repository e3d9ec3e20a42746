package gatehouse.model;

import gatehouse.alert.Audience;
import gatehouse.alert.Coverage;
import gatehouse.alert.EpisodePolicy;
import gatehouse.alert.Evidence;
import gatehouse.alert.Finding;
import gatehouse.alert.Severity;
import gatehouse.analysis.AnalysisModel;
import gatehouse.analysis.ModelCard;
import gatehouse.analysis.ModelCard.LateData;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Settings.Setting;
import gatehouse.analysis.Step;
import gatehouse.event.Direction;
import gatehouse.event.Outcome;
import gatehouse.event.PlateRead;
import gatehouse.fact.Fact;
import gatehouse.registry.Permit;
import gatehouse.registry.Vehicle;
import gatehouse.stats.TimeProfile;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A resident's vehicle leaves though its owner declared it parked, or with nobody in it who was
 * ever seen in it (人车不符), or while who is mostly seen in it is on foot elsewhere.
 *
 * <p>Each sign adds −log10 of how often it comes with an ordinary departure of this vehicle: a face
 * that is new, an unusual hour, nobody of the unit at the garage door, and the usual occupant
 * elsewhere. The last one may show only after the departure, when they pass a door or gate on foot
 * before the vehicle is back. A departure at which no face was seen is told for that sign only.
 *
 * <p>Keyed by community and plate. Nobody is looked up: occupants are ids that cameras gave, and
 * are compared with those of the same vehicle only.
 */
public final class DriverMismatch implements AnalysisModel<Fact, DriverMismatch.State> {

  private static final int VERSIONS = 4;
  private static final int PERMITS = 8;
  private static final int TOLD = 4;
  private static final int ON_FOOT = 8;

  /** Registered classes of vehicles that have their own drivers. */
  private static final Set<String> RESIDENTS = Set.of("", "resident", "owner", "tenant", "family");

  /**
   * When vehicles of residents leave, before anything is known of the one: judgement, to be
   * replaced by a community's own counts.
   */
  private static final List<Double> COHORT = cohort();

  private final Settings settings;

  DriverMismatch(Settings settings) {
    this.settings = settings;
  }

  /** What is unusual enough to ask the owner. */
  public record Settings(
      @Setting(value = "the plate must be read this surely", unit = "share", max = 1)
          double confidence,
      @Setting(
              value = "another plate, misread, explains a read from this probability on",
              unit = "probability",
              max = 1)
          double excuse,
      @Setting(
              value = "occupants must be seen on this share of the vehicle's passes",
              unit = "share",
              max = 1)
          double coverage,
      @Setting(value = "passes to learn from", min = 1) double passes,
      @Setting(value = "Pitman-Yor concentration", min = 0.01) double alpha,
      @Setting(value = "Pitman-Yor discount", unit = "share", max = 0.99) double discount,
      @Setting("half-life of who was seen in the vehicle") Duration halfLife,
      @Setting(value = "weight of an unusual hour", max = 10) double hourWeight,
      @Setting("half-life of the hours at which it leaves") Duration hourHalfLife,
      @Setting(value = "departures before its own hours count", min = 1) double hourEvents,
      @Setting(value = "days before its own hours count", min = 1) int hourDays,
      @Setting("how long before somebody of the unit passes the garage door") Duration garage,
      @Setting(value = "what it adds if nobody did, where somebody usually does", max = 10)
          double garageWeight,
      @Setting("who is mostly seen in it is elsewhere if on foot this long after it left")
          Duration elsewhereWithin,
      @Setting("but not before this, as clocks differ") Duration elsewhereAfter,
      @Setting(value = "prior departures while they are elsewhere", min = 0.1)
          double elsewherePrior,
      @Setting(value = "prior departures while they are not", min = 0.1) double withPrior,
      @Setting(value = "alert from this surprise on", unit = "-log10 p", max = 100) double surprise,
      @Setting("the same passage again within this time is one") Duration doubleUse,
      @Setting("a vehicle is remembered this long after its last pass") Duration remember)
      implements gatehouse.analysis.Settings {

    /**
     * The surprise is less than the 3.5 of the specification: after a month of daily use somebody
     * new is worth 1.2, and a theft by day would never be told.
     */
    static final Settings DEFAULTS =
        new Settings(
            0.9,
            1e-6,
            0.6,
            12,
            1,
            0.3,
            Duration.ofDays(60),
            0.5,
            Duration.ofDays(28),
            8,
            5,
            Duration.ofMinutes(15),
            1,
            Duration.ofHours(1),
            Duration.ofMinutes(3),
            1,
            19,
            2.65,
            Duration.ofMinutes(2),
            Duration.ofDays(180));
  }

  /**
   * A vehicle.
   *
   * @param vehicles what is registered of it
   * @param permits what its owner authorised
   * @param history who was seen in it
   * @param hours when it leaves
   * @param garage when somebody of its unit last passed a garage door; null if never
   * @param onFoot where members of the unit were last on foot, at most {@value #ON_FOOT}
   * @param left its departure, as long as it is not back and may still be judged otherwise
   * @param lastSeen its last pass; null if none
   * @param told what stands
   */
  public record State(
      List<Vehicle> vehicles,
      List<Permit> permits,
      OccupantHistory history,
      TimeProfile hours,
      @Nullable Evidence garage,
      List<OnFoot> onFoot,
      @Nullable Left left,
      @Nullable Instant lastSeen,
      List<Told> told) {

    static final State NEW =
        new State(
            List.of(),
            List.of(),
            OccupantHistory.NONE,
            TimeProfile.empty(),
            null,
            List.of(),
            null,
            null,
            List.of());

    State registered(List<Vehicle> nextVehicles, List<Permit> nextPermits) {
      return new State(
          nextVehicles, nextPermits, history, hours, garage, onFoot, left, lastSeen, told);
    }

    State garage(Evidence use) {
      return new State(vehicles, permits, history, hours, use, onFoot, left, lastSeen, told);
    }

    State onFoot(MemberOnFoot member) {
      List<OnFoot> next = new ArrayList<>(onFoot);
      next.removeIf(one -> one.person().equals(member.person()));
      next.add(new OnFoot(member.person(), member.outside(), member.use()));
      return new State(
          vehicles,
          permits,
          history,
          hours,
          garage,
          List.copyOf(next.subList(Math.max(0, next.size() - ON_FOOT), next.size())),
          left,
          lastSeen,
          told);
    }

    State left(OccupantHistory nextHistory, @Nullable Left next) {
      return new State(vehicles, permits, nextHistory, hours, garage, onFoot, next, lastSeen, told);
    }

    State passed(
        OccupantHistory nextHistory, TimeProfile nextHours, List<String> occupants, Instant at) {
      return new State(
          vehicles,
          permits,
          nextHistory,
          nextHours,
          garage,
          onFoot.stream().filter(one -> !occupants.contains(one.person())).toList(),
          left,
          at,
          told);
    }

    State told(List<Told> next) {
      return new State(
          vehicles,
          permits,
          history,
          hours,
          garage,
          onFoot,
          left,
          lastSeen,
          List.copyOf(next.subList(Math.max(0, next.size() - TOLD), next.size())));
    }

    /** Where who is mostly seen in it was last on foot; null: not known. */
    @Nullable OnFoot usualOnFoot() {
      String usual = history.usual();
      return onFoot.stream().filter(one -> one.person().equals(usual)).findFirst().orElse(null);
    }
  }

  /**
   * Somebody of the unit on foot.
   *
   * @param person who
   * @param outside whether they left the site
   * @param use the event
   */
  public record OnFoot(String person, boolean outside, Evidence use) {}

  /**
   * A departure that may have to be judged again.
   *
   * @param read the read
   * @param unknown whether nobody known was seen in the vehicle, and enough is known of it
   * @param byGarage whether somebody of the unit passed the garage door before
   */
  public record Left(PlateRead read, boolean unknown, boolean byGarage) {}

  /**
   * A departure that was told.
   *
   * @param parked whether because the vehicle was declared parked, and not for its occupants
   * @param departure the read
   */
  public record Told(boolean parked, Evidence departure) {}

  /** The catalogue's line. */
  public static ModelEntry<Fact, State, Settings> entry() {
    return new ModelEntry<>(
        "driver-mismatch",
        1,
        Ordering.EVENT_TIME,
        Set.of(
            PlateReadInContext.class,
            UnitAtGarage.class,
            MemberOnFoot.class,
            Vehicle.class,
            Permit.class),
        State.class,
        Settings.DEFAULTS,
        DriverMismatch::new,
        new EpisodePolicy(Duration.ofHours(12), Duration.ZERO, Duration.ofDays(7)),
        new ModelCard(
            "Driver does not fit the vehicle",
            "人车不符",
            "A resident's vehicle leaves though its owner declared it parked, or with nobody in it"
                + " who was ever seen in it, at an unusual hour or without anybody of the unit at"
                + " the garage door. The owner is asked first.",
            List.of(Audience.RESIDENT, Audience.PROPERTY),
            LateData.COMMUTATIVE,
            List.of(
                "A friend, a driver or the workshop takes it: the owner's permit lets it go, also"
                    + " when it is recorded afterwards; who was seen in it once is known.",
                "Faces behind windscreens are hard to see: judged only where occupants are seen on"
                    + " most passes.",
                "A vehicle with ever new passengers: somebody new is no surprise there.",
                "The plate of another vehicle was misread: reads that another plate explains, or"
                    + " that show another colour, do not count."),
            "models-spec, driver-mismatch; Pitman-Yor process for unseen occupants, density-ranked"
                + " tail of the hours"),
        DriverMismatchExample::history);
  }

  @Override
  public List<String> keys(Fact fact) {
    if (fact instanceof PlateReadInContext context) {
      return judged(context) ? List.of(key(fact, context.read().plate())) : List.of();
    } else if (fact instanceof UnitAtGarage garage) {
      return garage.plates().stream().map(plate -> key(fact, plate)).toList();
    } else if (fact instanceof MemberOnFoot member) {
      return member.plates().stream().map(plate -> key(fact, plate)).toList();
    } else if (fact instanceof Permit permit) {
      return permit.subjects().stream().distinct().map(subject -> key(fact, subject)).toList();
    }
    return fact instanceof Vehicle vehicle ? List.of(key(fact, vehicle.plate())) : List.of();
  }

  private static String key(Fact fact, String plate) {
    return fact.community() + '|' + plate;
  }

  /** Sure reads of residents' vehicles that come or go, each passage once. */
  private boolean judged(PlateReadInContext context) {
    PlateRead read = context.read();
    Instant beforeAt = context.beforeAt();
    boolean again =
        beforeAt != null
            && context.beforeWay() == read.direction()
            && beforeAt.plus(settings.doubleUse()).isAfter(read.time());
    String registeredAs = context.registeredAs();
    return registeredAs != null
        && RESIDENTS.contains(registeredAs)
        && read.direction() != Direction.UNKNOWN
        && read.outcome() != Outcome.DENIED
        && read.confidence() >= settings.confidence()
        && context.alternativeLikelihood() < settings.excuse()
        && SiteBorder.at(read.place())
        && !again;
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    State state = before == null ? State.NEW : before;
    if (fact instanceof PlateReadInContext context) {
      return passed(key, context.read(), state);
    } else if (fact instanceof UnitAtGarage garage) {
      return kept(state.garage(garage.use()));
    } else if (fact instanceof MemberOnFoot member) {
      return onFoot(key, member, state.onFoot(member));
    } else if (fact instanceof Vehicle vehicle) {
      List<Vehicle> vehicles = Validity.with(state.vehicles(), vehicle, VERSIONS);
      return judgedAgain(key, state.registered(vehicles, state.permits()), fact.time());
    } else if (fact instanceof Permit permit) {
      List<Permit> permits = Validity.with(state.permits(), permit, PERMITS);
      return judgedAgain(key, state.registered(state.vehicles(), permits), fact.time());
    }
    return kept(state);
  }

  @Override
  public Step<State> onWake(String key, Instant now, State state) {
    boolean nothing = state.vehicles().isEmpty() && state.permits().isEmpty();
    return Step.keep(nothing ? null : State.NEW.registered(state.vehicles(), state.permits()));
  }

  private Step<State> passed(String key, PlateRead read, State before) {
    OccupantHistory history = before.history().faded(read.time(), settings.halfLife());
    Vehicle vehicle = Validity.at(before.vehicles(), read.time());
    if (vehicle != null && looksDifferent(read, vehicle)) {
      return kept(before);
    }
    boolean leaves = read.direction() == Direction.OUT;
    boolean byGarage = atGarage(before, read.time());
    OccupantHistory after = history.plus(read.occupants(), leaves, byGarage);
    State now = before.left(history, null);
    OnFoot usual = now.usualOnFoot();
    boolean elsewhere = leaves && usual != null && usual.outside();
    boolean free = !leaves || authorised(before, read.time());
    boolean parked = vehicle != null && vehicle.parked();
    Left left = new Left(read, !free && !parked && unknown(read, history), byGarage);
    Finding finding =
        free
            ? null
            : vehicle != null && parked
                ? parked(key, read, vehicle)
                : left.unknown()
                    ? unknown(key, left, now, elsewhere ? usual : null, read.time())
                    : null;
    State next =
        now.passed(
            elsewhere && finding == null ? after.without() : after,
            leaves ? hours(before, read) : before.hours(),
            read.occupants(),
            read.time());
    return finding == null
        ? kept(leaves && !elsewhere ? next.left(next.history(), left) : next)
        : told(next, read, parked, finding);
  }

  private TimeProfile hours(State state, PlateRead read) {
    return state.hours().plus(read.time(), read.place().zone(), 1, settings.hourHalfLife());
  }

  private Step<State> told(State state, PlateRead read, boolean parked, Finding finding) {
    List<Told> told = new ArrayList<>(state.told());
    told.add(new Told(parked, Evidence.of(read, "driver-mismatch.departure")));
    return kept(state.told(told)).finding(finding);
  }

  /** Whoever is mostly seen in the vehicle is on foot while it is out: somebody else drives. */
  private Step<State> onFoot(String key, MemberOnFoot member, State state) {
    Left left = state.left();
    if (left == null || !member.person().equals(state.history().usual())) {
      return kept(state);
    }
    Instant departed = left.read().time();
    if (member.time().isBefore(departed.plus(settings.elsewhereAfter()))) {
      return kept(state);
    } else if (member.time().isAfter(departed.plus(settings.elsewhereWithin()))) {
      return kept(state.left(state.history(), null));
    }
    Finding finding =
        left.unknown() ? unknown(key, left, state, state.usualOnFoot(), member.time()) : null;
    return finding == null
        ? kept(state.left(state.history().without(), null))
        : told(state.left(state.history(), null), left.read(), false, finding);
  }

  private boolean atGarage(State state, Instant now) {
    return state.garage() != null && !state.garage().time().plus(settings.garage()).isBefore(now);
  }

  /** Another vehicle, whose plate was misread. */
  private static boolean looksDifferent(PlateRead read, Vehicle vehicle) {
    return !read.vehicleColour().isEmpty()
        && !vehicle.colour().isEmpty()
        && !read.vehicleColour().equals(vehicle.colour())
        && !VehicleColours.adjacent(read.vehicleColour(), vehicle.colour(), true);
  }

  private static boolean authorised(State state, Instant time) {
    return state.permits().stream().anyMatch(permit -> permit.entry().validAt(time));
  }

  private static Finding parked(String key, PlateRead read, Vehicle vehicle) {
    return finding(key, read, vehicle, read.time())
        .explanation("driver-mismatch.parked")
        .value("plate", read.plate())
        .value("place", Labels.of(read.place()))
        .value("time", Labels.of(read.time(), read.place().zone()))
        .stoppedBy("driver-mismatch.stopped-by-owner")
        .score(0.8)
        .build();
  }

  /** Whether nobody known was seen in it, though occupants usually are. */
  private boolean unknown(PlateRead read, OccupantHistory history) {
    return history.seen() >= settings.passes()
        && history.coverage() >= settings.coverage()
        && !history.knowsAnyOf(read.occupants());
  }

  /**
   * Judges a departure with nobody known.
   *
   * @param state as before the departure, or as after it if that is when it showed
   * @param elsewhere where who is mostly seen in it was; null: maybe in it
   */
  private @Nullable Finding unknown(
      String key, Left left, State state, @Nullable OnFoot elsewhere, Instant now) {
    PlateRead read = left.read();
    boolean somebody = !read.occupants().isEmpty();
    if (!somebody && elsewhere == null) {
      return null;
    }
    OccupantHistory history = state.history();
    ZonedDateTime local = read.time().atZone(read.place().zone());
    boolean ownHours =
        state.hours().size() >= settings.hourEvents()
            && state.hours().days() >= settings.hourDays();
    TimeProfile hours = ownHours ? state.hours() : TimeProfile.empty();
    double hour = hours.surprise(local.toInstant(), local.getZone(), COHORT);
    boolean garageMissing =
        !left.byGarage()
            && history.out() >= settings.passes() / 2
            && history.garageShare() >= settings.coverage();
    double surprise =
        (somebody ? -Math.log10(history.somebodyNew(settings.alpha(), settings.discount())) : 0)
            + hour * settings.hourWeight()
            + (garageMissing ? settings.garageWeight() : 0)
            + (elsewhere == null
                ? 0
                : -Math.log10(
                    history.withoutUsual(settings.elsewherePrior(), settings.withPrior())));
    if (surprise < settings.surprise()) {
      return null;
    }
    Finding.Builder finding = finding(key, read, Validity.at(state.vehicles(), read.time()), now);
    if (left.byGarage() && state.garage() != null) {
      finding.evidence(state.garage());
    }
    if (elsewhere != null) {
      finding.evidence(elsewhere.use());
    }
    return finding
        .explanation(
            elsewhere != null
                ? "driver-mismatch.usual-elsewhere"
                : garageMissing
                    ? "driver-mismatch.nobody-known-no-garage"
                    : "driver-mismatch.nobody-known")
        .value("plate", read.plate())
        .value("place", Labels.of(read.place()))
        .value("time", Labels.of(read.time(), read.place().zone()))
        .value("passes", Math.round(history.seen()))
        .value("surprise", String.format(Locale.ROOT, "%.1f", surprise))
        .stoppedBy("driver-mismatch.stopped-by-known-occupant")
        .coverage(garageMissing ? Coverage.ASSUMED : Coverage.NOT_NEEDED)
        .score(1 / (1 + Math.pow(10, settings.surprise() - surprise)))
        .build();
  }

  private static Finding.Builder finding(
      String key, PlateRead read, @Nullable Vehicle vehicle, Instant now) {
    Finding.Builder finding =
        Finding.evidence(plate(key), read.id(), read.community(), read.place().id(), now)
            .since(read.time())
            .subject(Passage.PLATE, read.plate(), "vehicle")
            .severity(Severity.P3)
            .to(Audience.RESIDENT)
            .to(Audience.PROPERTY)
            .evidence(Evidence.of(read, "driver-mismatch.departure"));
    return vehicle == null || vehicle.owner() == null
        ? finding
        : finding.subject(Passage.PERSON, vehicle.owner(), "owner");
  }

  /** What the owner says later may explain what was told. */
  private Step<State> judgedAgain(String key, State state, Instant now) {
    List<Told> stands = new ArrayList<>();
    List<Finding> retractions = new ArrayList<>();
    for (Told told : state.told()) {
      Instant at = told.departure().time();
      Vehicle vehicle = Validity.at(state.vehicles(), at);
      boolean holds = !told.parked() || (vehicle != null && vehicle.parked());
      if (holds && !authorised(state, at)) {
        stands.add(told);
      } else {
        retractions.add(
            Finding.retract(
                plate(key),
                told.departure().eventId(),
                key.substring(0, key.indexOf('|')),
                told.departure().place(),
                now,
                "driver-mismatch.owner-knew"));
      }
    }
    return kept(state.told(stands)).findings(retractions);
  }

  private Step<State> kept(State state) {
    return state.lastSeen() == null
        ? Step.keep(state)
        : Step.keep(state).wakeAt(state.lastSeen().plus(settings.remember()));
  }

  private static String plate(String key) {
    return key.substring(key.indexOf('|') + 1);
  }

  private static List<Double> cohort() {
    double[] byHour = {
      .1, .1, .1, .1, .1, .4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, .6, .3
    };
    double sum = 0;
    for (double weight : byHour) {
      sum += 2 * weight;
    }
    List<Double> shares = new ArrayList<>();
    for (int bin = 0; bin < TimeProfile.BINS; bin++) {
      shares.add(byHour[bin / 2] / sum);
    }
    return List.copyOf(shares);
  }
}
