package gatehouse.model;

import gatehouse.alert.Audience;
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
import gatehouse.event.PlateRead;
import gatehouse.fact.Fact;
import gatehouse.model.VehiclePass.Attribute;
import gatehouse.registry.Vehicle;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A vehicle is not the one its plate belongs to, its plate cannot exist, or it has none (假牌、无牌).
 *
 * <p>One read proves nothing: cameras mistake colours and plates. Several passes must show the same
 * other vehicle, and none in between the registered one.
 *
 * <p>Keyed by community and plate; vehicles without a plate by what they look like.
 */
public final class PlateMismatch implements AnalysisModel<Fact, PlateMismatch.State> {

  private static final int PASSES = 16;
  private static final int VERSIONS = 4;
  private static final char UNPLATED = '!';

  /** What cameras write when they see that there is no plate, as against one they cannot read. */
  private static final Set<String> NO_PLATE =
      Set.of("无牌", "无车牌", "无", "无号牌", "NOPLATE", "NO PLATE", "NO-PLATE", "UNLICENSED");

  /** Plates that go from vehicle to vehicle. */
  private static final Set<String> EXEMPT = Set.of("test", "tow-truck", "temporary");

  private final Settings settings;

  PlateMismatch(Settings settings) {
    this.settings = settings;
  }

  /** How many passes must contradict. */
  public record Settings(
      @Setting(value = "the plate must be read this surely", unit = "share", max = 1)
          double confidence,
      @Setting(value = "of so many passes", min = 1, max = PASSES) int passes,
      @Setting(value = "so many must show the same other vehicle", min = 1, max = PASSES)
          int contradicting,
      @Setting(value = "so many of those in between may show the registered one", max = PASSES)
          int agreeing,
      @Setting(
              value = "another plate, misread, explains a read from this probability on",
              unit = "probability",
              max = 1)
          double excuse,
      @Setting("reads within this time are one pass") Duration onePass,
      @Setting(value = "a brand counts after it was read as registered so often", max = 1000)
          int brandKnown,
      @Setting("from then on colours are only light or dark") LocalTime nightFrom,
      @Setting("until then colours are only light or dark") LocalTime nightTo,
      @Setting(value = "so many passes without a plate", min = 1, max = PASSES) int unplated,
      @Setting("passes without a plate are counted over this time") Duration unplatedWithin,
      @Setting("what was told is not told again within this time") Duration tellAgain,
      @Setting("a plate is remembered this long after its last read") Duration remember)
      implements gatehouse.analysis.Settings {

    static final Settings DEFAULTS =
        new Settings(
            0.9,
            5,
            3,
            0,
            1e-7,
            Duration.ofSeconds(60),
            3,
            LocalTime.of(18, 30),
            LocalTime.of(6, 30),
            2,
            Duration.ofHours(24),
            Duration.ofDays(30),
            Duration.ofDays(90));
  }

  /**
   * A plate, or a look without one.
   *
   * @param vehicles what is registered of it
   * @param passes its last passes, oldest first
   * @param brandAgreed how often its brand was read as registered
   * @param told what stands
   */
  public record State(
      List<Vehicle> vehicles, List<VehiclePass> passes, int brandAgreed, List<Told> told) {

    static final State NEW = new State(List.of(), List.of(), 0, List.of());
  }

  /**
   * What was told.
   *
   * @param attribute what contradicts; null: it has no plate
   * @param passes which passes show it
   */
  public record Told(@Nullable String attribute, List<VehiclePass> passes) {

    VehiclePass last() {
      return passes.get(passes.size() - 1);
    }
  }

  /** The catalogue's line. */
  public static ModelEntry<Fact, State, Settings> entry() {
    return new ModelEntry<>(
        "plate-mismatch",
        1,
        Ordering.EVENT_TIME,
        Set.of(PlateReadInContext.class, PlateRead.class, Vehicle.class),
        State.class,
        Settings.DEFAULTS,
        PlateMismatch::new,
        new EpisodePolicy(Duration.ofDays(30), Duration.ZERO, Duration.ofDays(30)),
        new ModelCard(
            "Plate does not fit the vehicle",
            "车牌与车辆不符",
            "A vehicle differs from the one registered for its plate on three of five passes, its"
                + " plate cannot exist, or a vehicle without a plate passes twice in a day.",
            List.of(Audience.PROPERTY),
            LateData.COMMUTATIVE,
            List.of(
                "Light and cameras change colours: neighbouring colours do not count, by night only"
                    + " light against dark.",
                "A camera errs now and then: three passes must show the same other vehicle, and"
                    + " none in between the registered one.",
                "The plate of another vehicle was misread: such reads do not count.",
                "A camera that cannot read a plate is no vehicle without one: the camera must say"
                    + " that there is none.",
                "Repainted or registered anew: when that is registered the alert is taken back.",
                "Registry and cameras name a brand differently: a brand counts only after it was"
                    + " read as registered before."),
            "models-spec, plate-mismatch; plate formats of GA 36-2018"),
        PlateMismatchExample::history);
  }

  @Override
  public List<String> keys(Fact fact) {
    if (fact instanceof PlateReadInContext context) {
      boolean judged = context.read().confidence() >= settings.confidence();
      return judged ? List.of(key(fact, context.read().plate())) : List.of();
    } else if (fact instanceof Vehicle vehicle) {
      return List.of(key(fact, vehicle.plate()));
    }
    return fact instanceof PlateRead read && unplated(read)
        ? List.of(key(fact, UNPLATED + look(read)))
        : List.of();
  }

  private static String key(Fact fact, String subject) {
    return fact.community() + '|' + subject;
  }

  private boolean unplated(PlateRead read) {
    String raw = read.plateRaw().strip().toUpperCase(Locale.ROOT);
    boolean none =
        NO_PLATE.contains(raw) || (raw.isEmpty() && read.confidence() >= settings.confidence());
    return read.plate().isEmpty()
        && none
        && !read.vehicleColour().isEmpty()
        && !read.vehicleType().isEmpty();
  }

  private static String look(PlateRead read) {
    String look = read.vehicleColour() + ' ' + read.vehicleType() + ' ' + read.brand();
    return look.strip();
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    State state = before == null ? State.NEW : before;
    if (fact instanceof Vehicle vehicle) {
      return registered(key, vehicle, state);
    } else if (fact instanceof PlateReadInContext context) {
      VehiclePass pass = pass(context.read());
      if (context.alternativeLikelihood() < settings.excuse()) {
        return passed(key, pass, state);
      }
      return before == null ? Step.forget() : kept(confirmed(pass, before));
    } else if (fact instanceof PlateRead read) {
      return withoutPlate(key, pass(read), state);
    }
    return kept(state);
  }

  @Override
  public Step<State> onWake(String key, Instant now, State state) {
    return state.vehicles().isEmpty()
        ? Step.forget()
        : Step.keep(new State(state.vehicles(), List.of(), 0, List.of()));
  }

  private VehiclePass pass(PlateRead read) {
    ZoneId zone = read.place().zone();
    LocalTime local = read.time().atZone(zone).toLocalTime();
    boolean overMidnight = settings.nightFrom().isAfter(settings.nightTo());
    boolean late = !local.isBefore(settings.nightFrom());
    boolean early = local.isBefore(settings.nightTo());
    return new VehiclePass(
        Evidence.of(read, "plate-mismatch.read"),
        Labels.of(read.place()),
        read.vehicleColour(),
        read.vehicleType(),
        read.brand(),
        overMidnight ? late || early : late && early,
        PlateFormat.fault(read.plate(), read.plateColour()),
        PlateFormat.sound(read.plate(), read.plateColour()));
  }

  private Step<State> passed(String key, VehiclePass pass, State before) {
    boolean nothingToJudge =
        before.vehicles().isEmpty() && before.passes().isEmpty() && pass.fault().isEmpty();
    if (nothingToJudge) {
      return Step.forget();
    } else if (samePass(pass, before)) {
      return kept(before);
    }
    State state = with(pass, before);
    Map<Attribute, List<VehiclePass>> found = new EnumMap<>(Attribute.class);
    for (Attribute attribute : Attribute.values()) {
      List<VehiclePass> contradicting = contradicting(attribute, state);
      if (!contradicting.isEmpty() && !toldLately(attribute.name(), pass.time(), state)) {
        found.put(attribute, contradicting);
      }
    }
    if (found.isEmpty()) {
      return kept(state);
    }
    List<Told> told = new ArrayList<>(state.told());
    found.forEach(
        (attribute, passes) -> {
          told.removeIf(old -> attribute.name().equals(old.attribute()));
          told.add(new Told(attribute.name(), passes));
        });
    State next =
        new State(state.vehicles(), state.passes(), state.brandAgreed(), List.copyOf(told));
    return kept(next).finding(finding(key, found, next, pass));
  }

  private boolean samePass(VehiclePass pass, State state) {
    return !state.passes().isEmpty()
        && state
            .passes()
            .get(state.passes().size() - 1)
            .time()
            .plus(settings.onePass())
            .isAfter(pass.time());
  }

  private static State with(VehiclePass pass, State state) {
    List<VehiclePass> passes = new ArrayList<>(state.passes());
    passes.add(pass);
    if (passes.size() > PASSES) {
      passes.remove(0);
    }
    State seen = confirmed(pass, state);
    return new State(seen.vehicles(), List.copyOf(passes), seen.brandAgreed(), seen.told());
  }

  /** A read that may be of another plate says nothing against the vehicle, but for its brand. */
  private static State confirmed(VehiclePass pass, State state) {
    Vehicle vehicle = Validity.at(state.vehicles(), pass.time());
    boolean agrees =
        vehicle != null
            && !pass.brand().isEmpty()
            && pass.seen(Attribute.BRAND).equals(VehiclePass.expected(Attribute.BRAND, vehicle));
    int agreed = Math.min(1000, state.brandAgreed() + (agrees ? 1 : 0));
    return new State(state.vehicles(), state.passes(), agreed, state.told());
  }

  /** The passes that show the same other vehicle, the newest among them; empty: not enough. */
  private List<VehiclePass> contradicting(Attribute attribute, State state) {
    if (attribute == Attribute.BRAND && state.brandAgreed() < settings.brandKnown()) {
      return List.of();
    }
    List<VehiclePass> known =
        state.passes().stream()
            .filter(pass -> !expected(attribute, pass, state).isEmpty())
            .filter(pass -> !pass.seen(attribute).isEmpty())
            .toList();
    List<VehiclePass> last =
        known.subList(Math.max(0, known.size() - settings.passes()), known.size());
    if (last.isEmpty() || !last.get(last.size() - 1).equals(newest(state))) {
      return List.of();
    }
    String other = newest(state).seen(attribute);
    List<VehiclePass> found = new ArrayList<>();
    int agreeing = 0;
    for (VehiclePass pass : last) {
      if (contradicts(attribute, pass, state)) {
        if (pass.seen(attribute).equals(other)) {
          found.add(pass);
        }
      } else if (!found.isEmpty()
          && pass.seen(attribute).equals(expected(attribute, pass, state))
          && ++agreeing > settings.agreeing()) {
        found.clear();
        agreeing = 0;
      }
    }
    return found.size() >= settings.contradicting() ? List.copyOf(found) : List.of();
  }

  private static VehiclePass newest(State state) {
    return state.passes().get(state.passes().size() - 1);
  }

  private static String expected(Attribute attribute, VehiclePass pass, State state) {
    Vehicle vehicle = Validity.at(state.vehicles(), pass.time());
    if (attribute == Attribute.FORMAT) {
      return "sound";
    }
    return vehicle == null || EXEMPT.contains(vehicle.subjectType())
        ? ""
        : VehiclePass.expected(attribute, vehicle);
  }

  private static boolean contradicts(Attribute attribute, VehiclePass pass, State state) {
    String seen = pass.seen(attribute);
    String expected = expected(attribute, pass, state);
    return !seen.isEmpty()
        && !expected.isEmpty()
        && !seen.equals(expected)
        && !pass.compatible(attribute, seen, expected);
  }

  private boolean toldLately(@Nullable String attribute, Instant now, State state) {
    return state.told().stream()
        .filter(told -> Objects.equals(told.attribute(), attribute))
        .anyMatch(told -> told.last().time().plus(settings.tellAgain()).isAfter(now));
  }

  private static Finding finding(
      String key, Map<Attribute, List<VehiclePass>> found, State state, VehiclePass pass) {
    Attribute gravest = found.keySet().iterator().next();
    List<VehiclePass> passes = found.getOrDefault(gravest, List.of());
    Vehicle vehicle = Validity.at(state.vehicles(), pass.time());
    String plate = subject(key);
    Finding.Builder finding =
        evidence(key, passes, pass)
            .subject(Passage.PLATE, plate, "plate")
            .explanation(
                gravest == Attribute.FORMAT
                    ? "plate-mismatch." + pass.fault()
                    : "plate-mismatch." + gravest.name().toLowerCase(Locale.ROOT))
            .value("plate", plate)
            .value("registered", gravest == Attribute.FORMAT ? "-" : told(gravest, pass, state))
            .value("seen", seen(gravest, pass))
            .value("passes", passes.size())
            .value("place", pass.placeName())
            .stoppedBy("plate-mismatch.stopped-by-registered-look")
            .score(found.size() > 1 ? 0.95 : score(gravest));
    if (vehicle != null && vehicle.owner() != null) {
      finding.subject(Passage.PERSON, vehicle.owner(), "registered-owner");
    }
    return finding.build();
  }

  private static Finding.Builder evidence(String key, List<VehiclePass> passes, VehiclePass pass) {
    return Finding.evidence(
            subject(key), pass.event().eventId(), community(key), pass.event().place(), pass.time())
        .since(passes.get(0).time())
        .severity(Severity.P4)
        .to(Audience.PROPERTY)
        .evidence(passes.stream().map(VehiclePass::event).toList());
  }

  /** Shares that were right where such findings were looked into; to be tuned by feedback. */
  private static double score(Attribute attribute) {
    return switch (attribute) {
      case SIZE -> 0.85;
      case FORMAT -> 0.8;
      case COLOUR -> 0.7;
      case BRAND -> 0.6;
    };
  }

  private static String told(Attribute attribute, VehiclePass pass, State state) {
    Vehicle vehicle = Validity.at(state.vehicles(), pass.time());
    return vehicle == null
        ? "-"
        : switch (attribute) {
          case SIZE -> vehicle.type();
          case FORMAT -> "-";
          case COLOUR -> vehicle.colour();
          case BRAND -> vehicle.brand();
        };
  }

  private static String seen(Attribute attribute, VehiclePass pass) {
    return switch (attribute) {
      case SIZE -> pass.type();
      case FORMAT -> "-";
      case COLOUR -> pass.colour();
      case BRAND -> pass.brand();
    };
  }

  private Step<State> withoutPlate(String key, VehiclePass pass, State before) {
    if (samePass(pass, before)) {
      return kept(before);
    }
    State state = with(pass, before);
    List<VehiclePass> recent =
        state.passes().stream()
            .filter(old -> old.time().plus(settings.unplatedWithin()).isAfter(pass.time()))
            .toList();
    if (recent.size() < settings.unplated() || toldLately(null, pass.time(), state)) {
      return kept(state);
    }
    String look = subject(key).substring(1);
    State next = new State(state.vehicles(), state.passes(), 0, List.of(new Told(null, recent)));
    return kept(next)
        .finding(
            evidence(key, recent, pass)
                .subject("vehicle", look, "unplated")
                .explanation("plate-mismatch.unplated")
                .value("look", look)
                .value("passes", recent.size())
                .value("place", pass.placeName())
                .stoppedBy("plate-mismatch.stopped-by-a-plate")
                .score(0.6)
                .build());
  }

  /** What is registered later may explain what was told. */
  private Step<State> registered(String key, Vehicle vehicle, State before) {
    State state =
        new State(
            Validity.with(before.vehicles(), vehicle, VERSIONS),
            before.passes(),
            before.brandAgreed(),
            before.told());
    List<Told> stands = new ArrayList<>();
    List<String> explained = new ArrayList<>();
    for (Told told : state.told()) {
      if (holds(told, state)) {
        stands.add(told);
      } else {
        explained.add(told.last().event().eventId());
      }
    }
    // A read that shows something else as well still tells.
    stands.forEach(told -> explained.remove(told.last().event().eventId()));
    List<Finding> retractions =
        explained.stream()
            .distinct()
            .map(
                trigger ->
                    Finding.retract(
                        subject(key),
                        trigger,
                        community(key),
                        place(before, trigger),
                        vehicle.time(),
                        "plate-mismatch.explained-afterwards"))
            .toList();
    State next =
        new State(state.vehicles(), state.passes(), state.brandAgreed(), List.copyOf(stands));
    return kept(next).findings(retractions);
  }

  private boolean holds(Told told, State state) {
    if (told.attribute() == null) {
      return true;
    }
    Attribute attribute = Attribute.valueOf(told.attribute());
    long contradicting =
        told.passes().stream().filter(pass -> contradicts(attribute, pass, state)).count();
    return contradicting >= settings.contradicting();
  }

  private static String place(State state, String trigger) {
    return state.told().stream()
        .map(Told::last)
        .filter(pass -> pass.event().eventId().equals(trigger))
        .map(pass -> pass.event().place())
        .findFirst()
        .orElse("");
  }

  private Step<State> kept(State state) {
    return state.passes().isEmpty()
        ? Step.keep(state)
        : Step.keep(state).wakeAt(newest(state).time().plus(settings.remember()));
  }

  private static String community(String key) {
    return key.substring(0, key.indexOf('|'));
  }

  private static String subject(String key) {
    return key.substring(key.indexOf('|') + 1);
  }
}
