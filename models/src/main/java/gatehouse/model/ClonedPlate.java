package gatehouse.model;

import gatehouse.alert.Audience;
import gatehouse.alert.EpisodePolicy;
import gatehouse.alert.Finding;
import gatehouse.alert.Severity;
import gatehouse.analysis.AnalysisModel;
import gatehouse.analysis.ModelCard;
import gatehouse.analysis.ModelCard.LateData;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Settings.Setting;
import gatehouse.analysis.Step;
import gatehouse.fact.Fact;
import gatehouse.registry.Vehicle;
import gatehouse.registry.WatchOrder;
import gatehouse.site.Place;
import gatehouse.stats.NormalTail;
import gatehouse.stats.TravelTime;
import gatehouse.stats.TravelTime.Stop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Two vehicles behind one plate (套牌).
 *
 * <p>Not a speed rule: two reads that no vehicle can have made are weighed against what else
 * explains them, a misread plate, a clock that is off, a read that was sent twice. It takes
 * independent links to overcome how rare clones are. Beside that, two stable looks that take turns
 * behind one plate are enough.
 *
 * <p>Keyed by plate, across communities.
 */
public final class ClonedPlate implements AnalysisModel<Fact, ClonedPlate.State> {

  private static final int SIGHTINGS = 16;
  private static final int LINKS = 8;
  private static final int VERSIONS = 4;

  /** Registered classes that explain a plate in two places: plates on trial, carried vehicles. */
  private static final Set<String> EXEMPT = Set.of("test", "tow-truck", "temporary");

  private final Settings settings;
  private final TravelTime travel;

  ClonedPlate(Settings settings) {
    this.settings = settings;
    this.travel =
        new TravelTime(
            settings.topSpeed() / 3.6,
            settings.detour(),
            settings.travelFactor(),
            settings.sigmas(),
            settings.slack().toMillis() / 1000.0);
  }

  /** When a link counts, and what it weighs. */
  public record Settings(
      @Setting(value = "both reads must be this sure", unit = "share", max = 1) double confidence,
      @Setting(
              value = "enough where the plate is registered and the vehicle looks as registered",
              unit = "share",
              max = 1)
          double confidenceIfAgreeing,
      @Setting(value = "top speed of a vehicle", unit = "km/h", min = 1, max = 300) double topSpeed,
      @Setting(value = "road over straight line where no way is declared", min = 1, max = 5)
          double detour,
      @Setting(value = "the least time is shortened by this before it counts", max = 1)
          double travelFactor,
      @Setting(value = "standard deviations of the clocks that are granted", max = 10)
          double sigmas,
      @Setting(value = "what is granted beside", max = 3600) Duration slack,
      @Setting(value = "reads further apart are not compared", min = 60) Duration window,
      @Setting(
              value = "prior odds that a plate is cloned, a day",
              unit = "odds",
              min = 1e-12,
              max = 1)
          double priorOdds,
      @Setting(
              value = "probability of an infeasible link if the plate is cloned",
              unit = "probability",
              min = 0.001,
              max = 1)
          double linkIfCloned,
      @Setting(value = "odds for an alert with two links or more", min = 1) double oddsOfMany,
      @Setting(value = "odds for an alert with a single link", min = 1) double oddsOfOne,
      @Setting(
              value = "least probability of an innocent link: what nobody thought of",
              unit = "probability",
              min = 1e-12,
              max = 1)
          double innocentFloor,
      @Setting(
              value = "another plate, misread, explains a read from this probability on",
              unit = "probability",
              max = 1)
          double excuse,
      @Setting(
              value = "probability that a clone has the same colour",
              unit = "probability",
              min = 0.01,
              max = 0.99)
          double sameColour,
      @Setting(
              value = "probability that a clone has the same type",
              unit = "probability",
              min = 0.01,
              max = 0.99)
          double sameType,
      @Setting(
              value = "probability that a clone has the same brand",
              unit = "probability",
              min = 0.01,
              max = 0.99)
          double sameBrand,
      @Setting(
              value = "probability that another vehicle has the same colour",
              unit = "probability",
              min = 0.01,
              max = 0.99)
          double otherColour,
      @Setting(
              value = "probability that another vehicle has the same type",
              unit = "probability",
              min = 0.01,
              max = 0.99)
          double otherType,
      @Setting(
              value = "probability that another vehicle has the same brand",
              unit = "probability",
              min = 0.01,
              max = 0.99)
          double otherBrand,
      @Setting(value = "links older than this no longer count", min = 86400)
          Duration evidenceWindow,
      @Setting(value = "reads of each of two looks that take turns", min = 2, max = 8)
          int alternateReads,
      @Setting(value = "such reads must be this sure", unit = "share", max = 1)
          double alternateConfidence,
      @Setting(value = "a plate is remembered this long after its last read", min = 86400)
          Duration remember)
      implements gatehouse.analysis.Settings {

    static final Settings DEFAULTS =
        new Settings(
            0.9,
            0.8,
            90,
            1.3,
            0.85,
            3,
            Duration.ofSeconds(30),
            Duration.ofHours(24),
            1e-6,
            0.3,
            3,
            30,
            1e-7,
            1e-6,
            0.35,
            0.5,
            0.4,
            0.25,
            0.5,
            0.12,
            Duration.ofDays(30),
            3,
            0.95,
            Duration.ofDays(90));
  }

  /**
   * A plate.
   *
   * @param sightings its last reads that are sure enough, oldest first
   * @param lastPlace where the newest of them was
   * @param links pairs of reads that one vehicle cannot have made, oldest first
   * @param vehicles what is registered of it
   * @param orders watch orders for it
   * @param told triggers of the findings that stand
   * @param toldIn the community at which they are shown; empty: none stand
   * @param toldAt the place
   */
  public record State(
      List<PlateSighting> sightings,
      @Nullable Place lastPlace,
      List<CloneLink> links,
      List<Vehicle> vehicles,
      List<WatchOrder> orders,
      List<String> told,
      String toldIn,
      String toldAt) {

    static final State NEW =
        new State(List.of(), null, List.of(), List.of(), List.of(), List.of(), "", "");

    State seen(List<PlateSighting> reads, Place place, List<CloneLink> infeasible) {
      return new State(
          List.copyOf(reads),
          place,
          List.copyOf(infeasible),
          vehicles,
          orders,
          told,
          toldIn,
          toldAt);
    }

    State with(List<Vehicle> registered, List<WatchOrder> watched) {
      return new State(sightings, lastPlace, links, registered, watched, told, toldIn, toldAt);
    }

    State told(List<String> triggers, String community, String place) {
      return new State(
          sightings, lastPlace, links, vehicles, orders, List.copyOf(triggers), community, place);
    }
  }

  /** The catalogue's line. */
  public static ModelEntry<Fact, State, Settings> entry() {
    return new ModelEntry<>(
        "cloned-plate",
        1,
        Ordering.EVENT_TIME,
        Set.of(PlateReadInContext.class, Vehicle.class, WatchOrder.class),
        State.class,
        Settings.DEFAULTS,
        ClonedPlate::new,
        new EpisodePolicy(Duration.ofDays(7), Duration.ZERO, Duration.ofDays(30)),
        new ModelCard(
            "Cloned plate",
            "套牌车",
            "One plate is read where one vehicle cannot have been, or two looks take turns behind"
                + " it, and neither a misread plate nor a clock explains it. For the police, who"
                + " compare the pictures before anything follows; the registered owner is a"
                + " possible victim.",
            List.of(Audience.POLICE),
            LateData.ORDERED,
            List.of(
                "A neighbour's plate was misread: each read is weighed against the plates that"
                    + " belong at its gate; the same excuse twice counts as a dirty plate.",
                "A clock is off: reported offsets are taken off, the rest widens what is feasible.",
                "A device sent a stored read again: such a pair proves nothing.",
                "Plates on trial, temporary plates, vehicles that are towed: registered as such"
                    + " they are left out, and alerts taken back.",
                "The vehicle was repainted, or cameras disagree about looks: two looks must take"
                    + " turns before one camera."),
            "Hypothesis test of models-spec, cloned-plate; spatio-temporal contradiction as in"
                + " FP-Detector (2015); shortened travel time after Li et al. (2018)"),
        ClonedPlateExample::history);
  }

  @Override
  public List<String> keys(Fact fact) {
    String plate =
        fact instanceof PlateReadInContext context
            ? context.read().plate()
            : fact instanceof Vehicle vehicle
                ? vehicle.plate()
                : fact instanceof WatchOrder order && order.subjectType().equals(Passage.PLATE)
                    ? order.subject()
                    : "";
    return plate.isEmpty() ? List.of() : List.of(plate);
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    State state = before == null ? State.NEW : before;
    if (fact instanceof PlateReadInContext context) {
      return read(key, context, state);
    } else if (fact instanceof Vehicle vehicle) {
      State now = state.with(Validity.with(state.vehicles(), vehicle, VERSIONS), state.orders());
      return registered(key, state, now, vehicle.time());
    } else if (fact instanceof WatchOrder order) {
      return kept(state.with(state.vehicles(), Validity.with(state.orders(), order, VERSIONS)));
    }
    return kept(state);
  }

  @Override
  public Step<State> onWake(String key, Instant now, State state) {
    boolean nothing = state.vehicles().isEmpty() && state.orders().isEmpty();
    return Step.keep(nothing ? null : State.NEW.with(state.vehicles(), state.orders()));
  }

  private Step<State> read(String plate, PlateReadInContext context, State state) {
    PlateSighting read = PlateSighting.of(context);
    if (read.confidence() < Math.min(settings.confidence(), settings.confidenceIfAgreeing())) {
      return kept(state);
    }
    Instant now = context.time();
    List<CloneLink> links = new ArrayList<>();
    for (CloneLink link : state.links()) {
      if (link.to().event().time().plus(settings.evidenceWindow()).isAfter(now)) {
        links.add(link);
      }
    }
    CloneLink link = link(state, read, context.read().place());
    if (link != null) {
      links.add(link);
    }
    List<PlateSighting> sightings = new ArrayList<>(state.sightings());
    sightings.add(read);
    State next =
        state.seen(
            sightings.subList(Math.max(0, sightings.size() - SIGHTINGS), sightings.size()),
            context.read().place(),
            links.subList(Math.max(0, links.size() - LINKS), links.size()));
    return told(plate, next, now);
  }

  /** Tests the newest read against the one before it. */
  private @Nullable CloneLink link(State state, PlateSighting to, Place place) {
    if (state.sightings().isEmpty() || state.lastPlace() == null) {
      return null;
    }
    PlateSighting from = state.sightings().get(state.sightings().size() - 1);
    double taken = from.secondsTo(to);
    double least =
        travel.leastSeconds(
            new Stop(from.community(), state.lastPlace()), new Stop(to.community(), place));
    double margin = travel.margin(least, taken);
    if (least <= 0
        || taken > settings.window().toSeconds()
        || !travel.infeasible(margin, from.sigma(), to.sigma())) {
      return null;
    }
    double clock = NormalTail.beyond(margin / Math.hypot(from.sigma(), to.sigma()));
    double twice = sentTwice(state.sightings(), from) || sentTwice(state.sightings(), to) ? 1 : 0;
    // Another vehicle that was misread would have to look like the one that has the plate.
    double misread = Math.max(from.misread(), to.misread()) * looksIfOther(from, to);
    double innocent = Math.max(settings.innocentFloor(), misread + clock + twice);
    double cloned = settings.linkIfCloned() * looksIfCloned(from, to);
    return cloned <= innocent ? null : new CloneLink(from, to, least, margin, innocent, cloned);
  }

  /** A device that empties its store may send a read again, with another time. */
  private static boolean sentTwice(List<PlateSighting> sightings, PlateSighting sighting) {
    return sighting.buffered()
        && sightings.stream()
            .anyMatch(other -> other.print().equals(sighting.print()) && !other.equals(sighting));
  }

  private double looksIfCloned(PlateSighting a, PlateSighting b) {
    return look(a.colour(), b.colour(), settings.sameColour())
        * look(a.type(), b.type(), settings.sameType())
        * look(a.brand(), b.brand(), settings.sameBrand());
  }

  private double looksIfOther(PlateSighting a, PlateSighting b) {
    return look(a.colour(), b.colour(), settings.otherColour())
        * look(a.type(), b.type(), settings.otherType())
        * look(a.brand(), b.brand(), settings.otherBrand());
  }

  private static double look(String a, String b, double same) {
    return a.isEmpty() || b.isEmpty() ? 1 : a.equals(b) ? same : 1 - same;
  }

  /**
   * What the reads of a plate amount to by what is registered.
   *
   * @param links independent links, oldest first; empty if they do not make an alert
   * @param logOdds of a clone, by the links
   * @param looks two looks that take turns; null if there are none
   */
  private record Verdict(List<CloneLink> links, double logOdds, @Nullable VehicleClusters looks) {

    boolean cloned() {
      return !links.isEmpty() || looks != null;
    }

    List<PlateSighting> sightings() {
      Set<PlateSighting> sightings = new LinkedHashSet<>();
      for (CloneLink link : links) {
        sightings.add(link.from());
        sightings.add(link.to());
      }
      if (links.isEmpty() && looks != null) {
        Stream.concat(looks.one().stream(), looks.other().stream())
            .sorted(Comparator.comparing(PlateSighting::time))
            .forEach(sightings::add);
      }
      return List.copyOf(sightings);
    }
  }

  private Verdict verdict(State state) {
    List<CloneLink> links = new ArrayList<>();
    double logOdds = Math.log(settings.priorOdds());
    for (CloneLink link : state.links()) {
      boolean tellsMore =
          links.stream()
              .allMatch(
                  other -> link.independentOf(other) && !link.sameExcuse(other, settings.excuse()));
      if (counts(link, state) && tellsMore) {
        logOdds += link.logRatio();
        links.add(link);
      }
    }
    double needed = links.size() > 1 ? settings.oddsOfMany() : settings.oddsOfOne();
    List<PlateSighting> judged =
        state.sightings().stream().filter(read -> !exempt(state, read.time())).toList();
    VehicleClusters looks =
        VehicleClusters.find(
            judged,
            settings.alternateReads(),
            settings.alternateConfidence(),
            settings.excuse(),
            settings.evidenceWindow());
    return new Verdict(logOdds >= Math.log(needed) ? links : List.of(), logOdds, looks);
  }

  private Step<State> told(String plate, State state, Instant now) {
    Verdict verdict = verdict(state);
    if (!verdict.cloned()) {
      return kept(state);
    }
    List<PlateSighting> sightings = verdict.sightings();
    PlateSighting trigger = sightings.get(sightings.size() - 1);
    if (state.told().contains(trigger.event().eventId())) {
      return kept(state);
    }
    List<String> triggers = new ArrayList<>(state.told());
    triggers.add(trigger.event().eventId());
    boolean first = state.toldIn().isEmpty();
    State next =
        state.told(
            triggers.subList(Math.max(0, triggers.size() - SIGHTINGS), triggers.size()),
            first ? trigger.community() : state.toldIn(),
            first ? trigger.event().place() : state.toldAt());
    Finding.Builder finding =
        Finding.evidence(plate, trigger.event().eventId(), next.toldIn(), next.toldAt(), now)
            .since(sightings.get(0).event().time())
            .subject(Passage.PLATE, plate, "plate")
            .severity(watched(state, trigger) ? Severity.P1 : Severity.P2)
            .to(Audience.POLICE)
            .stoppedBy("cloned-plate.stopped-by-explanation")
            .evidence(sightings.stream().map(PlateSighting::event).toList());
    Vehicle vehicle = Validity.at(state.vehicles(), now);
    if (vehicle != null && vehicle.owner() != null) {
      finding.subject(Passage.PERSON, vehicle.owner(), "possible-victim");
    }
    explain(finding, verdict);
    return kept(next).finding(finding.build());
  }

  /** What the registry now says may explain what was told, or make more of it. */
  private Step<State> registered(String plate, State before, State state, Instant now) {
    if (before.told().isEmpty() || !verdict(before).cloned() || verdict(state).cloned()) {
      return told(plate, state, now);
    }
    List<Finding> retractions =
        before.told().stream()
            .map(
                trigger ->
                    Finding.retract(
                        plate,
                        trigger,
                        before.toldIn(),
                        before.toldAt(),
                        now,
                        "cloned-plate.explained-afterwards"))
            .toList();
    return kept(state.told(List.of(), "", "")).findings(retractions);
  }

  private boolean counts(CloneLink link, State state) {
    return !exempt(state, link.to().time())
        && Stream.of(link.from(), link.to()).allMatch(read -> sure(read, state));
  }

  private boolean sure(PlateSighting read, State state) {
    Vehicle vehicle = Validity.at(state.vehicles(), read.time());
    boolean agreeing =
        vehicle != null
            && look(read.colour(), vehicle.colour(), 1) == 1
            && look(read.type(), vehicle.type(), 1) == 1;
    return read.confidence()
        >= (agreeing ? settings.confidenceIfAgreeing() : settings.confidence());
  }

  private static boolean exempt(State state, Instant time) {
    Vehicle vehicle = Validity.at(state.vehicles(), time);
    return vehicle != null && EXEMPT.contains(vehicle.subjectType());
  }

  private static boolean watched(State state, PlateSighting trigger) {
    return state.orders().stream()
        .anyMatch(
            order ->
                order.entry().validAt(trigger.time())
                    && (order.communities().isEmpty()
                        || order.communities().contains(trigger.community())));
  }

  private static void explain(Finding.Builder finding, Verdict verdict) {
    if (!verdict.links().isEmpty()) {
      explain(finding, verdict.links(), verdict.logOdds());
    } else if (verdict.looks() != null) {
      explain(finding, verdict.looks());
    }
  }

  private static void explain(Finding.Builder finding, List<CloneLink> links, double logOdds) {
    CloneLink last = links.get(links.size() - 1);
    double odds = Math.exp(Math.min(50, logOdds));
    finding
        .explanation("cloned-plate.infeasible")
        .value("links", links.size())
        .value("fromPlace", last.from().placeName())
        .value("fromTime", Labels.of(last.from().time(), last.from().local()))
        .value("toPlace", last.to().placeName())
        .value("toTime", Labels.of(last.to().time(), last.to().local()))
        .value("taken", Math.round(last.from().secondsTo(last.to())))
        .value("least", Math.round(last.leastSeconds()))
        .value("margin", Math.round(last.margin()))
        .value("fromLook", look(last.from()))
        .value("toLook", look(last.to()))
        .value("misread", String.format(Locale.ROOT, "%.0e", last.innocent()))
        .value("odds", String.format(Locale.ROOT, "%.0f", odds))
        .score(Math.min(0.99, odds / (1 + odds)));
  }

  private static void explain(Finding.Builder finding, VehicleClusters looks) {
    finding
        .explanation("cloned-plate.two-looks")
        .value("oneLook", look(looks.one().get(0)))
        .value("oneReads", looks.one().size())
        .value("otherLook", look(looks.other().get(0)))
        .value("otherReads", looks.other().size())
        .score(0.75);
  }

  private static String look(PlateSighting sighting) {
    return Stream.of(sighting.colour(), sighting.type(), sighting.brand())
        .filter(text -> !text.isEmpty())
        .collect(Collectors.collectingAndThen(Collectors.joining(" "), s -> s.isEmpty() ? "?" : s));
  }

  private Step<State> kept(State state) {
    if (state.sightings().isEmpty()) {
      return Step.keep(state);
    }
    PlateSighting last = state.sightings().get(state.sightings().size() - 1);
    return Step.keep(state).wakeAt(last.event().time().plus(settings.remember()));
  }
}
