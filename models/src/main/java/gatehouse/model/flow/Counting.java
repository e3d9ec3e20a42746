package gatehouse.model.flow;

import gatehouse.alert.Audience;
import gatehouse.alert.Coverage;
import gatehouse.alert.Evidence;
import gatehouse.alert.Finding;
import gatehouse.alert.Severity;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DeviceStatus;
import gatehouse.event.Direction;
import gatehouse.model.DeviceHealth;
import gatehouse.model.door.DoorPermits;
import gatehouse.model.door.NightHours;
import gatehouse.model.flow.FlowState.Spell;
import gatehouse.registry.Permit;
import gatehouse.stats.Cusum;
import gatehouse.stats.NegativeBinomial;
import gatehouse.stats.SeasonalBaseline.Slot;
import gatehouse.stats.SurgeFilter;
import gatehouse.stats.SurgeFilter.Likelihood;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step of flow-anomaly at one key: counts, ends bins, judges, and collects findings. */
public final class Counting {

  private static final double BAND = 0.1;

  private final FlowKey key;
  private final FlowSettings settings;
  private final List<Finding> findings = new ArrayList<>();
  private final ZoneId zone;
  private final String name;
  private final boolean visitors;
  private Instant heard;
  private Instant binStart;
  private List<Flow> flows;
  private SurgeFilter hidden;
  private Cusum shift;
  private Common common;
  private Sight sight;
  private DoorPermits permits;
  private @Nullable Spell up;
  private @Nullable Spell down;
  private List<Spell> past;
  private List<Evidence> passages;
  private Evidence last;

  /** Goes on from a state. */
  public Counting(FlowKey key, FlowState state, FlowSettings settings) {
    this.key = key;
    this.settings = settings;
    this.zone = state.timeZone().isEmpty() ? ZoneOffset.UTC : ZoneId.of(state.timeZone());
    this.name = state.name();
    this.visitors = key.subjects().equals(Passing.Subjects.VISITOR.word());
    this.heard = state.heard();
    this.binStart = state.binStart();
    this.flows = state.flows();
    this.hidden = state.hidden();
    this.shift = state.shift();
    this.common = state.common();
    this.sight = state.sight();
    this.permits = state.permits();
    this.up = state.up();
    this.down = state.down();
    this.past = state.past();
    this.passages = state.passages();
    this.last = state.last();
  }

  /** The state before the first event of a key. */
  public static FlowState begun(DeviceEvent event, FlowSettings settings) {
    return new FlowState(
        event.place().timeZone(),
        event.place().name().isEmpty() ? event.place().id() : event.place().name(),
        event.time(),
        startOfBin(event.time(), settings),
        List.of(),
        SurgeFilter.USUAL,
        Cusum.ZERO,
        Common.NONE,
        Sight.NONE,
        DoorPermits.NONE,
        null,
        null,
        List.of(),
        List.of(),
        Evidence.of(event, "flow-anomaly.last-passage"));
  }

  /** What is to be kept. */
  public FlowState state() {
    return new FlowState(
        zone.getId(),
        name,
        heard,
        binStart,
        flows,
        hidden,
        shift,
        common,
        sight,
        permits,
        up,
        down,
        past,
        passages,
        last);
  }

  /** What was found. */
  public List<Finding> findings() {
    return findings;
  }

  /** What was found, and that nothing goes on any more. */
  public List<Finding> closed(Instant now) {
    up = ended(up, now, "flow-anomaly.back-to-usual");
    down = ended(down, now, "flow-anomaly.back-to-usual");
    return findings;
  }

  /** Whether nobody has passed for so long that the place may be forgotten. */
  public boolean abandoned(Instant now) {
    return !now.isBefore(heard.plus(settings.forgetAfter()));
  }

  /** When to go on at the latest. */
  public Instant nextWake(Instant now) {
    Instant end = binStart.plus(settings.bin());
    if (passages.isEmpty() || (up != null && up.told())) {
      return end;
    }
    long every = settings.earlyEvery().toMillis();
    long looks = Math.max(0, now.toEpochMilli() - binStart.toEpochMilli()) / every + 1;
    Instant look = binStart.plusMillis(looks * every);
    return look.isBefore(end) ? look : end;
  }

  /** Lets time pass: ends the bins that are over, and looks at the one that is not. */
  public void at(Instant now) {
    while (!now.isBefore(binStart.plus(settings.bin()))) {
      endBin();
    }
    lookEarly(now);
  }

  /** Counts a passing. */
  public void count(Passing passing, DeviceEvent event) {
    // What was counted once and then not for days was not in use yet: its silence is no history.
    boolean again = !heard.plus(settings.idleAfter()).isAfter(event.time());
    List<Flow> next = new ArrayList<>();
    boolean found = false;
    for (Flow flow : again ? known(event.time()) : flows) {
      boolean same = flow.direction() == passing.direction();
      found |= same;
      next.add(same ? flow.plus(passing.count()) : flow);
    }
    if (!found) {
      Direction direction = passing.direction();
      next.add(Flow.empty(direction, event.time(), settings).plus(passing.count()));
    }
    flows = List.copyOf(next);
    sight = sight.counted(event);
    if (passing.count() > 0) {
      heard = event.time();
      last = Evidence.of(event, "flow-anomaly.last-passage");
      List<Evidence> seen = new ArrayList<>(passages);
      seen.add(Evidence.of(event, "flow-anomaly.passage"));
      passages =
          List.copyOf(seen.subList(Math.max(0, seen.size() - FlowState.PASSAGES), seen.size()));
    }
  }

  /** How busy the community is without this place. */
  public void level(CommunityLevel level) {
    Slot slot = slot(level.time().minus(settings.bin()));
    common = common.plus(level, count(flows), expected(flows, slot, Common.NONE), settings);
  }

  /** A device reported on itself. */
  public void hear(DeviceStatus status) {
    sight = sight.after(status);
  }

  /** There is word of a device's health. */
  public void hear(DeviceHealth health) {
    sight = sight.after(health);
  }

  /** A permit explains what it covers, also what was an alert before it was recorded. */
  public void permit(Permit permit, Instant now) {
    permits = permits.with(permit);
    List<Spell> left = new ArrayList<>();
    for (Spell spell : past) {
      if (permits.cover(spell.since())) {
        retract(spell, now);
      } else {
        left.add(spell);
      }
    }
    past = List.copyOf(left);
    up = explained(up, now);
    down = explained(down, now);
  }

  private @Nullable Spell explained(@Nullable Spell spell, Instant now) {
    if (spell == null || !permits.cover(spell.since())) {
      return spell;
    }
    if (spell.told()) {
      retract(spell, now);
    }
    return null;
  }

  private void retract(Spell spell, Instant now) {
    findings.add(
        Finding.retract(
            episode(spell.rising()),
            spell.trigger(),
            key.community(),
            key.place(),
            now,
            "flow-anomaly.permit"));
  }

  private void endBin() {
    Instant from = binStart;
    Instant end = from.plus(settings.bin());
    Slot slot = slot(from);
    if (!heard.plus(settings.idleAfter()).isAfter(end)) {
      flows = flows.stream().map(flow -> flow.unused(settings.bin())).toList();
      lostSight(end);
    } else if (sight.complete(from)) {
      judge(slot, end);
      double asUsual = hidden.usual();
      flows = flows.stream().map(flow -> flow.learned(slot, asUsual, end, settings)).toList();
    } else {
      flows = flows.stream().map(Flow::skipped).toList();
      lostSight(end);
    }
    if (!from.atZone(zone).toLocalDate().equals(end.atZone(zone).toLocalDate())) {
      flows = flows.stream().map(flow -> flow.surveyed(settings)).toList();
    }
    passages = List.of();
    binStart = end;
  }

  private void lostSight(Instant end) {
    hidden = SurgeFilter.USUAL;
    up = ended(up, end, "flow-anomaly.lost-sight");
    down = ended(down, end, "flow-anomaly.lost-sight");
  }

  private void judge(Slot slot, Instant end) {
    List<Flow> known = known(end);
    if (known.isEmpty()) {
      return;
    }
    Common others = common.until(end);
    double excess = count(known) - expected(known, slot, others.atLeastUsual());
    hidden = hidden.after(likelihood(known, slot, others), settings.chain(others.places()));
    double rise = 0;
    double fall = 0;
    for (Flow flow : known) {
      rise += flow.shift(slot, settings.riseFactor(), others.atLeastUsual(), settings);
      fall += flow.shift(slot, settings.fallFactor(), others, settings);
    }
    shift = shift.plus(hidden.usual() * rise, hidden.usual() * fall);
    boolean rose = shift.up() > settings.shiftThreshold();
    boolean fell = shift.down() > settings.shiftThreshold();
    up = judged(up, true, hidden.surgeOdds(), rose, shift.up(), excess, end);
    down = judged(down, false, hidden.dropOdds(), fell, shift.down(), excess, end);
    tell(slot, end, known);
    shift = rose ? shift.upReset() : shift;
    shift = fell ? shift.downReset() : shift;
  }

  /** A spell begins, goes on, or is over. */
  private @Nullable Spell judged(
      @Nullable Spell spell,
      boolean rising,
      double odds,
      boolean shifted,
      double evidence,
      double excess,
      Instant end) {
    boolean lasts =
        spell == null
            ? odds >= settings.theta() || shifted
            : odds > settings.clear() || shifted || evidence >= settings.shiftThreshold() / 2;
    if (!lasts || permits.cover(binStart)) {
      return ended(spell, end, "flow-anomaly.back-to-usual");
    }
    return spell == null
        ? new Spell(rising, binStart, end, trigger(), excess, false, List.of())
        : spell.lasting(end, excess);
  }

  private String trigger() {
    return passages.isEmpty() ? last.eventId() : passages.get(passages.size() - 1).eventId();
  }

  private @Nullable Spell ended(@Nullable Spell spell, Instant end, String code) {
    if (spell == null || !spell.told()) {
      return null;
    }
    findings.add(
        Finding.close(
            episode(spell.rising()), spell.trigger(), key.community(), key.place(), end, code));
    List<Spell> all = new ArrayList<>(past);
    all.add(spell);
    past = List.copyOf(all.subList(Math.max(0, all.size() - FlowState.PAST), all.size()));
    return null;
  }

  /** Tells of what this bin adds to. */
  private void tell(Slot slot, Instant end, List<Flow> known) {
    boolean more = count(known) > expected(known, slot, common.until(end));
    boolean surge = hidden.surgeOdds() > settings.clear();
    if (up != null && more && (up.told() || up.excess() >= settings.leastExcess(visitors))) {
      up = up.told(passages);
      String code = surge ? "flow-anomaly.surge" : "flow-anomaly.rise";
      findings.add(rising(code, up, slot, end, known, hidden));
    }
    boolean drop = hidden.dropOdds() > settings.clear();
    Coverage coverage = sight.coverage(end, settings.wellFor());
    if (down != null && !more && coverage == Coverage.FULL) {
      down = down.told(passages.isEmpty() ? List.of(last) : passages);
      String code = drop ? "flow-anomaly.drop" : "flow-anomaly.fall";
      findings.add(falling(code, down, slot, end, known));
    }
  }

  /** The whole bin's usual count is passed by far already. */
  private void lookEarly(Instant now) {
    List<Flow> known = known(now);
    if (passages.isEmpty()
        || (up != null && up.told())
        || known.isEmpty()
        || permits.cover(now)
        || !sight.complete(binStart)) {
      return;
    }
    Slot slot = slot(binStart);
    Spell spell = up == null ? new Spell(true, binStart, now, trigger(), 0, false, List.of()) : up;
    Common others = common.until(now);
    Spell soFar = spell.lasting(now, count(known) - expected(known, slot, others.atLeastUsual()));
    if (soFar.excess() < settings.leastExcess(visitors)) {
      return;
    }
    SurgeFilter filter =
        hidden.after(
            likelihood(known, slot, others).blindToDrops(), settings.chain(others.places()));
    if (filter.surgeOdds() >= settings.earlyTheta()) {
      up = spell.told(passages);
      findings.add(rising("flow-anomaly.early", soFar.told(passages), slot, now, known, filter));
    }
  }

  private List<Flow> known(Instant now) {
    return flows.stream().filter(flow -> flow.known(now, settings)).toList();
  }

  private Likelihood likelihood(List<Flow> known, Slot slot, Common others) {
    Likelihood all = Likelihood.NONE;
    for (Flow flow : known) {
      all = all.and(flow.likelihood(slot, others, settings.surgeLeast(visitors), settings));
    }
    return expected(known, slot, others) < settings.dropLeastRate() ? all.blindToDrops() : all;
  }

  private double expected(List<Flow> known, Slot slot, Common others) {
    return known.stream()
        .mapToDouble(flow -> others.of(flow.expected(slot, settings)).mean())
        .sum();
  }

  private static int count(List<Flow> known) {
    return known.stream().mapToInt(Flow::count).sum();
  }

  private Finding rising(
      String code, Spell spell, Slot slot, Instant now, List<Flow> known, SurgeFilter filter) {
    boolean night =
        new NightHours(settings.nightFrom(), settings.nightTo()).contain(spell.since(), zone);
    boolean urgent = night || filter.surgeOdds() >= settings.urgentTheta();
    return finding(code, spell, slot, now, known)
        .severity(urgent ? Severity.P3 : Severity.P4)
        .to(Audience.PROPERTY)
        .value("excess", Math.round(spell.excess()))
        .score(probability(filter.surgeOdds(), shift.up()))
        .build();
  }

  private Finding falling(String code, Spell spell, Slot slot, Instant now, List<Flow> known) {
    return finding(code, spell, slot, now, known)
        .severity(Severity.P4)
        .to(Audience.OPERATIONS)
        .coverage(Coverage.FULL)
        .score(probability(hidden.dropOdds(), shift.down()))
        .build();
  }

  /** The likelier of a surge or drop, and of a lasting shift, given its log odds. */
  private double probability(double odds, double evidence) {
    return 1 / (1 + Math.exp(-Math.max(odds, evidence - settings.shiftThreshold())));
  }

  private Finding.Builder finding(
      String code, Spell spell, Slot slot, Instant now, List<Flow> known) {
    double expected = expected(known, slot, Common.NONE);
    double dispersion = known.stream().mapToDouble(Flow::dispersion).average().orElse(2);
    NegativeBinomial usual = new NegativeBinomial(expected, dispersion);
    return Finding.evidence(
            episode(spell.rising()), spell.trigger(), key.community(), key.place(), now)
        .since(spell.since())
        .subject("place", key.place(), "place")
        .subject("flow", key.subjects(), "counted")
        .explanation(code)
        .value("place", name)
        .value("count", count(known))
        .value("minutes", settings.bin().toMinutes())
        .value("usual", Math.round(expected))
        .value("low", usual.quantile(BAND))
        .value("high", usual.quantile(1 - BAND))
        .stoppedBy("flow-anomaly.usual-count")
        .evidence(spell.evidence());
  }

  private String episode(boolean rising) {
    return key.place() + '/' + key.subjects() + (rising ? "/up" : "/down");
  }

  private Slot slot(Instant time) {
    return Slot.at(time.atZone(zone));
  }

  private static Instant startOfBin(Instant time, FlowSettings settings) {
    long bin = settings.bin().toMillis();
    return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), bin) * bin);
  }
}
