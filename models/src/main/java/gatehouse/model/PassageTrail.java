package gatehouse.model;

import gatehouse.alert.EpisodePolicy;
import gatehouse.alert.Evidence;
import gatehouse.analysis.AnalysisModel;
import gatehouse.analysis.ModelCard;
import gatehouse.analysis.ModelCard.LateData;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Settings.Setting;
import gatehouse.analysis.Step;
import gatehouse.event.AccessEvent;
import gatehouse.event.ClockQuality;
import gatehouse.event.DeviceEvent;
import gatehouse.event.Direction;
import gatehouse.event.PlateRead;
import gatehouse.event.TagRead;
import gatehouse.event.TrackSighting;
import gatehouse.fact.DerivedFact;
import gatehouse.fact.Fact;
import gatehouse.model.ZoneCrossing.Kind;
import gatehouse.model.ZoneCrossing.Pair;
import gatehouse.site.Place;
import gatehouse.site.Zone;
import gatehouse.site.Zone.AntiPassback;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows each credential, plate, tag or track from zone to zone and says which passages do not add
 * up. Finds nothing itself: {@link gatehouse.model.AntiPassback} judges, because only the zone
 * knows whether its readers worked.
 *
 * <p>A passage tells two things: where the subject was (the zones before it) and where it is now
 * (the zones after it). If it was believed elsewhere, each zone in which the two differ has a
 * border that was crossed unseen.
 */
public final class PassageTrail implements AnalysisModel<Fact, PassageTrail.State> {

  /** Judged pairs kept a subject; at twice a day more than two weeks. */
  private static final int PAIRS = 32;

  private final Settings settings;

  PassageTrail(Settings settings) {
    this.settings = settings;
  }

  /** When passages are compared. */
  public record Settings(
      @Setting(
              value = "a second use at the same place in the same direction is one use up to here",
              max = 60)
          Duration doubleUse,
      @Setting(value = "the same direction again within this time is re-use too soon", max = 3600)
          Duration tooSoon,
      @Setting(
              value = "where a subject is counts as unknown after this time without a passage",
              min = 60)
          Duration unknownAfter,
      @Setting(
              value = "passages closer than this are not compared where a clock is known to be off",
              max = 3600)
          Duration skew,
      @Setting(
              value = "a plate or track seen with less confidence only makes the place unknown",
              unit = "share",
              max = 1)
          double minConfidence,
      @Setting(value = "how long a subject is remembered after its last passage", min = 86400)
          Duration remember)
      implements gatehouse.analysis.Settings {

    static final Settings DEFAULTS =
        new Settings(
            Duration.ofSeconds(8),
            Duration.ofMinutes(10),
            Duration.ofHours(18),
            Duration.ofMinutes(2),
            0.8,
            Duration.ofDays(60));
  }

  /**
   * Where a subject is.
   *
   * @param last its last use, double ones included
   * @param lastDirection which way that was
   * @param lastBorders ids of the judged zones it entered or left by it
   * @param known whether it is known where it is
   * @param since the passage after which it is believed to be there
   * @param sincePlaceName where that was, as shown to people
   * @param zones the zones it is believed to be in, outermost first
   * @param pairs judged pairs of passages at zones where evidence is gathered, oldest first
   */
  public record State(
      Evidence last,
      Direction lastDirection,
      List<String> lastBorders,
      boolean known,
      Evidence since,
      String sincePlaceName,
      List<Zone> zones,
      List<Pair> pairs) {

    State usedAgain(Evidence use) {
      return new State(use, lastDirection, lastBorders, known, since, sincePlaceName, zones, pairs);
    }

    State lost() {
      return new State(
          last, lastDirection, lastBorders, false, since, sincePlaceName, zones, pairs);
    }
  }

  /** The catalogue's line. */
  public static ModelEntry<Fact, State, Settings> entry() {
    return new ModelEntry<>(
            "passage-trail",
            1,
            Ordering.EVENT_TIME,
            Set.of(
                AccessEvent.class,
                ConfirmedPassage.class,
                PlateRead.class,
                TagRead.class,
                TrackSighting.class),
            State.class,
            Settings.DEFAULTS,
            PassageTrail::new,
            EpisodePolicy.DEFAULT,
            new ModelCard(
                "Trail from zone to zone",
                "区域通行轨迹",
                "Compares where a subject is believed to be with where its next passage starts; serves"
                    + " anti-passback.",
                List.of(),
                LateData.ORDERED,
                List.of(),
                "Zone-based anti-passback of access controllers; models-spec, anti-passback"),
            List::of)
        .deriving(ZoneCrossing.class);
  }

  @Override
  public List<String> keys(Fact fact) {
    DeviceEvent event = event(fact);
    // At a door with a contact the confirmed passage counts, not the use itself.
    if (event == null || (fact instanceof AccessEvent && event.place().door().contact())) {
      return List.of();
    }
    Passage passage = Passage.of(event);
    return passage == null || !moves(event, passage)
        ? List.of()
        : List.of(event.community() + '|' + passage.subjectType() + '|' + passage.subject());
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    DeviceEvent event = event(fact);
    Passage passage = event == null ? null : Passage.of(event);
    if (event == null || passage == null) {
      return Step.keep(before);
    }
    Evidence use = Evidence.of(event, "anti-passback.use");
    if (before != null && isDouble(before, use, passage)) {
      return remembered(before.usedAgain(use), List.of());
    }
    if (doubtful(passage)) {
      return before == null ? Step.forget() : remembered(before.lost(), List.of());
    }
    List<Pair> pairs = new ArrayList<>(before == null ? List.of() : before.pairs());
    List<DerivedFact> crossings = new ArrayList<>();
    if (before != null) {
      for (Judgement judgement : judge(before, event.place(), passage, use)) {
        addPair(pairs, judgement, before, use);
        crossings.add(crossing(judgement, before, event, fact.time(), passage, use, pairs));
      }
    }
    return remembered(after(event.place(), passage, use, pairs), crossings);
  }

  @Override
  public Step<State> onWake(String key, Instant now, State state) {
    return Step.forget();
  }

  private record Judgement(Zone zone, Kind kind, boolean timed) {}

  private static @Nullable DeviceEvent event(Fact fact) {
    return fact instanceof ConfirmedPassage confirmed
        ? confirmed.use()
        : fact instanceof DeviceEvent event ? event : null;
  }

  /** Denied uses and duress move nobody; nor does a place that leads nowhere else. */
  private static boolean moves(DeviceEvent event, Passage passage) {
    return passage.passed()
        && !(event instanceof AccessEvent use && use.duress())
        && UnseenCrossing.leadsSomewhere(event.place());
  }

  private boolean isDouble(State before, Evidence use, Passage passage) {
    return before.last().place().equals(use.place())
        && before.lastDirection() == passage.direction()
        && !before.last().time().plus(settings.doubleUse()).isBefore(use.time());
  }

  private boolean doubtful(Passage passage) {
    return passage.direction() == Direction.UNKNOWN
        || passage.confidence() < settings.minConfidence();
  }

  private List<Judgement> judge(State before, Place place, Passage passage, Evidence use) {
    Direction way = passage.direction();
    boolean known = before.known() && comparable(before.since(), use);
    UnseenCrossing unseen =
        known
            ? UnseenCrossing.find(before.zones(), before.since().time(), place, way, use.time())
            : null;
    Zone reused = reused(before, place, way, use);
    if (unseen != null) {
      boolean timed = reused != null && reused.id().equals(unseen.zone().id());
      return List.of(new Judgement(unseen.zone(), unseen.kind(), timed));
    }
    if (reused != null) {
      return List.of(new Judgement(reused, Kind.REUSED, true));
    }
    return known ? clean(before.zones(), place, way) : List.of();
  }

  /** Whether the time between two passages says anything: not too long, and the clocks agree. */
  private boolean comparable(Evidence before, Evidence use) {
    Duration apart = Duration.between(before.time(), use.time());
    boolean skewed = before.clock() == ClockQuality.SKEWED || use.clock() == ClockQuality.SKEWED;
    return apart.compareTo(settings.unknownAfter()) <= 0
        && !(skewed && apart.compareTo(settings.skew()) < 0);
  }

  /** The zone whose border is crossed in the same direction again too soon, if any. */
  private @Nullable Zone reused(State before, Place place, Direction way, Evidence use) {
    boolean soon =
        way == before.lastDirection()
            && comparable(before.last(), use)
            && !before.last().time().plus(settings.tooSoon()).isBefore(use.time());
    return !soon
        ? null
        : UnseenCrossing.bordersOf(place).stream()
            .filter(zone -> before.lastBorders().contains(zone.id()))
            .findFirst()
            .orElse(null);
  }

  /** Zones that were entered and are now left, both seen. */
  private static List<Judgement> clean(List<Zone> believed, Place place, Direction way) {
    return UnseenCrossing.bordersOf(place).stream()
        .filter(zone -> zone.antiPassback() == AntiPassback.SOFT)
        .filter(zone -> UnseenCrossing.contains(believed, zone))
        .filter(zone -> UnseenCrossing.contains(place.before(way), zone))
        .map(zone -> new Judgement(zone, Kind.CLEAN, false))
        .toList();
  }

  private static void addPair(List<Pair> pairs, Judgement judgement, State before, Evidence use) {
    if (judgement.zone().antiPassback() != AntiPassback.SOFT) {
      return;
    }
    boolean clean = judgement.kind() == Kind.CLEAN;
    String zone = judgement.zone().id();
    pairs.add(new Pair(zone, before.since().time(), use.time(), clean, judgement.timed()));
    if (pairs.size() > PAIRS) {
      pairs.remove(0);
    }
  }

  private static ZoneCrossing crossing(
      Judgement judgement,
      State before,
      DeviceEvent event,
      Instant time,
      Passage passage,
      Evidence use,
      List<Pair> pairs) {
    Zone zone = judgement.zone();
    boolean clean = judgement.kind() == Kind.CLEAN;
    return new ZoneCrossing(
        event.id() + '/' + zone.id(),
        event.community(),
        time,
        zone,
        judgement.kind(),
        judgement.timed(),
        passage.subjectType(),
        passage.subject(),
        passage.person(),
        event.place(),
        use,
        before.since(),
        before.sincePlaceName(),
        clean ? List.of() : pairs.stream().filter(p -> p.zone().equals(zone.id())).toList());
  }

  private static State after(Place place, Passage passage, Evidence use, List<Pair> pairs) {
    List<String> borders = UnseenCrossing.bordersOf(place).stream().map(Zone::id).toList();
    return new State(
        use,
        passage.direction(),
        borders,
        true,
        use,
        Labels.of(place),
        List.copyOf(place.after(passage.direction())),
        List.copyOf(pairs));
  }

  private Step<State> remembered(State state, List<DerivedFact> crossings) {
    Instant forgetAt = state.last().time().plus(settings.remember());
    return new Step<>(state, List.of(), List.copyOf(crossings), forgetAt);
  }
}
