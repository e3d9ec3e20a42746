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
import gatehouse.event.AccessEvent;
import gatehouse.event.DeviceEvent;
import gatehouse.event.PlateRead;
import gatehouse.event.Plates;
import gatehouse.fact.Fact;
import gatehouse.registry.Entry;
import gatehouse.registry.Vehicle;
import gatehouse.registry.WatchOrder;
import gatehouse.stats.OcrLikelihood;
import gatehouse.stats.PlateDistance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A plate, or the own credential of a reported missing person, was seen that an active watch order
 * (布控) names.
 *
 * <p>An order matches only while it is lawful: two different approvers, a case number, a legal
 * basis, an end at most {@code longest} after its beginning; and only in its communities. What it
 * says at the time of the passage counts; an order that turns out to have been revoked by then
 * takes its hits back.
 *
 * <p>The same plate is a hit at once. A plate that differs by one character, or lacks its province,
 * is a <em>possible</em> hit: if the reader was unsure of the whole plate or of that character, or
 * if the character is a look-alike, for tape and paint make one of the other. How likely it is that
 * the watched vehicle stood there weighs the reader's error and such an alteration against a
 * vehicle that really has the plate read: P(watched) / P(other) = P(read | watched) / (P(read |
 * other) · share of such plates that exist). A plate that is registered anywhere in the city
 * exists. Passages of three hours in a community are one alert. Orders are found by their plate,
 * its look-alikes, and its {@link PlateSignatures}; only unsure reads are looked up by theirs.
 */
public final class WatchHit implements AnalysisModel<Fact, WatchHit.State> {

  private static final int VERSIONS = 32;
  private static final int HITS = 32;
  private static final int VEHICLES = 4;
  private static final Duration TOGETHER = Duration.ofHours(3);

  /** Keys of passages whose subject is taken as read. */
  private static final String EXACT = "exact/";

  /** Keys of what unsure reads have in common with watched plates. */
  private static final String ALIKE = "alike/";

  private final Settings settings;

  /** The model with these settings. */
  public WatchHit(Settings settings) {
    this.settings = settings;
  }

  /** What can be tuned. */
  public record Settings(
      @Setting(value = "an order that holds longer never matches", max = 2_592_000)
          Duration longest,
      @Setting(value = "passages that arrive later than this are history", max = 604_800)
          Duration latest,
      @Setting(
              value = "a reader surer than this of the plate and each character is believed",
              unit = "share",
              max = 1)
          double sure,
      @Setting(
              value = "share of the plates one character apart that exist",
              unit = "share",
              min = 1e-6,
              max = 1)
          double existing,
      @Setting(
              value = "share of the plates of other provinces that exist and come here",
              unit = "share",
              min = 1e-6,
              max = 1)
          double existingElsewhere,
      @Setting(
              value = "how often a watched vehicle has one character altered",
              unit = "share",
              max = 0.5)
          double altered,
      @Setting(
              value = "how often a plate without its province is the watched one",
              unit = "probability",
              max = 1)
          double withoutProvince,
      @Setting(
              value = "a possible hit is told from this probability on",
              unit = "probability",
              max = 1)
          double least,
      @Setting(value = "how often the same plate is the watched one", unit = "share", max = 1)
          double reliability)
      implements gatehouse.analysis.Settings {

    /** The values of the specification; an order holds for 30 days at most. */
    public static final Settings DEFAULTS =
        new Settings(
            Duration.ofDays(30), Duration.ofHours(24), 0.9, 0.02, 0.001, 0.05, 0.6, 0.1, 0.95);
  }

  /**
   * What is kept of a watched plate or credential.
   *
   * @param orders versions of its orders, at most {@value #VERSIONS}
   * @param hits the newest hits told, at most {@value #HITS}, oldest first
   * @param vehicles what is registered of this plate, at most {@value #VEHICLES} versions
   */
  public record State(List<WatchOrder> orders, List<Hit> hits, List<Vehicle> vehicles) {

    private static final State NEW = new State(List.of(), List.of(), List.of());
  }

  /**
   * A hit that was told.
   *
   * @param order the order's id
   * @param episode its episode
   * @param trigger the passage
   * @param community where
   * @param place where
   * @param at when
   */
  public record Hit(
      String order, String episode, String trigger, String community, String place, Instant at) {}

  /** Its line in the catalogue. */
  public static ModelEntry<Fact, State, Settings> entry() {
    return new ModelEntry<>(
        "watch-hit",
        1,
        Ordering.ON_ARRIVAL,
        Set.of(PlateRead.class, AccessEvent.class, WatchOrder.class, Vehicle.class),
        State.class,
        Settings.DEFAULTS,
        WatchHit::new,
        EpisodePolicy.DEFAULT,
        new ModelCard(
            "Watch order hit",
            "布控命中",
            "A plate, or a missing person's own credential, is seen that an active watch order"
                + " names. Told at once to the police who own the case. Orders without case"
                + " number, legal basis, two approvers and an end within 30 days never match.",
            List.of(Audience.POLICE),
            ModelCard.LateData.COMMUTATIVE,
            List.of(
                "A misread plate: where the reader was unsure, the hit is called possible and says"
                    + " how likely it is; both plates are shown",
                "Another vehicle whose plate looks alike: one that is registered in the city is no"
                    + " hit; of others the hit says how likely it is",
                "An order that was revoked or has run out: what held at the time counts, and hits"
                    + " are taken back when the revocation is recorded later",
                "The plate was cloned: see cloned-plate for the same plate"),
            "Deletion neighbourhood (SymSpell, 2012); models-spec T9; Bayes' rule"),
        WatchHit::example);
  }

  /** The smallest history in which it finds something: one read of a watched plate. */
  public static List<Fact> example() {
    return List.of(
        new WatchOrder(
            Sample.registered("wo-1-v1", "2026-11-20T00:00:00Z", "2026-12-10T00:00:00Z"),
            "wo-1",
            Passage.PLATE,
            "京A12345",
            "case-2026-118",
            "theft of a vehicle",
            List.of("officer-4", "supervisor-1"),
            List.of()),
        Sample.plate(
            "wh-1", Sample.COMMUNITY, "g-west", "2026-11-23T01:00:00Z", "京A12345", "white"));
  }

  @Override
  public List<String> keys(Fact fact) {
    if (fact instanceof WatchOrder order) {
      return switch (order.subjectType()) {
        case Passage.PLATE ->
            Stream.of(
                    Stream.of(exact(subject(order))),
                    PlateDistance.lookAlikes(subject(order)).stream().map(WatchHit::exact),
                    PlateSignatures.of(subject(order)).stream().map(ALIKE::concat))
                .flatMap(keys -> keys)
                .toList();
        case Passage.CREDENTIAL -> List.of(EXACT + Passage.CREDENTIAL + '/' + subject(order));
        default -> List.of();
      };
    }
    if (fact instanceof Vehicle vehicle) {
      return List.of(exact(vehicle.plate()));
    }
    Passage passage = fact instanceof DeviceEvent event ? Passage.of(event) : null;
    if (passage == null) {
      return List.of();
    }
    Stream<String> exact = Stream.of(EXACT + passage.subjectType() + '/' + passage.subject());
    return fact instanceof PlateRead read && unsure(read)
        ? Stream.concat(exact, PlateSignatures.of(read.plate()).stream().map(ALIKE::concat))
            .toList()
        : exact.toList();
  }

  private static String exact(String plate) {
    return EXACT + Passage.PLATE + '/' + plate;
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    if (fact instanceof WatchOrder order) {
      return ordered(order, before == null ? State.NEW : before);
    } else if (fact instanceof Vehicle vehicle) {
      State state = before == null ? State.NEW : before;
      return kept(
          new State(
              state.orders(), state.hits(), Validity.with(state.vehicles(), vehicle, VEHICLES)),
          vehicle.time(),
          List.of());
    }
    return before == null || !(fact instanceof DeviceEvent event)
        ? Step.forget()
        : passed(key, event, before);
  }

  @Override
  public Step<State> onWake(String key, Instant now, State state) {
    return kept(state, now, List.of());
  }

  private Step<State> ordered(WatchOrder order, State before) {
    List<WatchOrder> orders = Validity.with(before.orders(), order, VERSIONS);
    List<Finding> revoked = new ArrayList<>();
    List<Hit> standing = new ArrayList<>();
    for (Hit hit : before.hits()) {
      if (inForce(orders, hit.order(), hit.community(), hit.at()) != null) {
        standing.add(hit);
      } else {
        revoked.add(
            Finding.retract(
                hit.episode(),
                hit.trigger(),
                hit.community(),
                hit.place(),
                order.time(),
                "watch-hit.not-in-force"));
      }
    }
    return kept(new State(orders, standing, before.vehicles()), order.time(), revoked);
  }

  private Step<State> passed(String key, DeviceEvent event, State state) {
    List<Finding> findings = new ArrayList<>();
    List<Hit> hits = new ArrayList<>(state.hits());
    boolean history = event.origin().receivedAt().isAfter(event.time().plus(settings.latest()));
    List<String> ids = state.orders().stream().map(WatchOrder::order).distinct().toList();
    for (String id : history ? List.<String>of() : ids) {
      WatchOrder order = inForce(state.orders(), id, event.community(), event.time());
      Match match = order == null ? null : match(key, event, order, state);
      if (order == null || match == null || told(hits, order, event)) {
        continue;
      }
      hits.add(
          new Hit(
              order.order(),
              episode(order, event),
              trigger(event),
              event.community(),
              event.place().id(),
              event.time()));
      findings.add(finding(event, order, match));
    }
    List<Hit> newest = hits.subList(Math.max(0, hits.size() - HITS), hits.size());
    return kept(new State(state.orders(), newest, state.vehicles()), event.time(), findings);
  }

  /**
   * How a passage fits an order.
   *
   * @param code what it is called
   * @param read what was read
   * @param probability that the watched subject passed
   */
  private record Match(String code, String read, double probability) {}

  private @Nullable Match match(String key, DeviceEvent event, WatchOrder order, State state) {
    Passage passage = Passage.of(event);
    if (passage == null) {
      return null;
    } else if (key.startsWith(EXACT) && passage.subject().equals(subject(order))) {
      return new Match(
          order.subjectType().equals(Passage.PLATE) ? "watch-hit.plate" : "watch-hit.credential",
          passage.subject(),
          settings.reliability());
    } else if (key.startsWith(EXACT)) {
      return event instanceof PlateRead read ? lookAlike(read, subject(order), state) : null;
    }
    return event instanceof PlateRead read
            && !PlateDistance.lookAlikes(subject(order)).contains(read.plate())
            && key.equals(ALIKE + PlateSignatures.shared(read.plate(), subject(order)))
            && !read.plate().equals(subject(order))
        ? alike(read, subject(order))
        : null;
  }

  private @Nullable Match alike(PlateRead read, String plate) {
    if (lacksProvince(read.plate(), plate)) {
      return new Match("watch-hit.without-province", read.plate(), settings.withoutProvince());
    }
    double probability = watched(read, plate);
    return probability < settings.least()
        ? null
        : new Match("watch-hit.possible", read.plate(), probability);
  }

  /** One character is a look-alike of the watched plate's: misread, altered, or another vehicle. */
  private @Nullable Match lookAlike(PlateRead read, String plate, State state) {
    double exists = Validity.at(state.vehicles(), read.time()) == null ? settings.existing() : 1;
    double asRead = likelihood(read, read.plate());
    double alteredToIt = settings.altered() / PlateDistance.lookAlikes(plate).size();
    double ifWatched = (1 - settings.altered()) * likelihood(read, plate) + alteredToIt * asRead;
    double probability = ifWatched / (ifWatched + asRead * exists);
    return probability < settings.least()
        ? null
        : new Match(
            unsure(read) ? "watch-hit.possible" : "watch-hit.altered", read.plate(), probability);
  }

  /** The probability that the watched plate stood there. */
  private double watched(PlateRead read, String plate) {
    boolean replaced = read.plate().length() == plate.length();
    int at = replaced ? difference(read.plate(), plate) : 0;
    if ((replaced && characterConfidence(read, at) >= settings.sure())
        || PlateDistance.between(read.plate(), plate, false) > PlateDistance.NEIGHBOUR) {
      return 0;
    }
    boolean otherProvince = replaced && at == 0 && read.plate().charAt(0) > 127;
    double exists = otherProvince ? settings.existingElsewhere() : settings.existing();
    double ifWatched = likelihood(read, plate);
    double ifOther = likelihood(read, read.plate()) * exists;
    return ifWatched / (ifWatched + ifOther);
  }

  private static double likelihood(PlateRead read, String truth) {
    return OcrLikelihood.of(read.plate(), read.confidence(), read.characterConfidence(), truth);
  }

  private static int difference(String one, String other) {
    int at = 0;
    while (one.charAt(at) == other.charAt(at)) {
      at++;
    }
    return at;
  }

  private boolean unsure(PlateRead read) {
    boolean hasProvince = read.plate().charAt(0) > 127;
    return !hasProvince
        || read.confidence() < settings.sure()
        || read.characterConfidence().stream().anyMatch(one -> one < settings.sure());
  }

  private static double characterConfidence(PlateRead read, int position) {
    return read.characterConfidence().size() == read.plate().length()
        ? read.characterConfidence().get(position)
        : read.confidence();
  }

  private static boolean lacksProvince(String read, String plate) {
    return plate.charAt(0) > 127 && read.equals(plate.substring(1));
  }

  /** The version of the order that holds there and then, if it is lawful. */
  private @Nullable WatchOrder inForce(
      List<WatchOrder> versions, String id, String community, Instant at) {
    WatchOrder order =
        Validity.at(versions.stream().filter(version -> version.order().equals(id)).toList(), at);
    return order != null
            && lawful(order)
            && (order.communities().isEmpty() || order.communities().contains(community))
        ? order
        : null;
  }

  private boolean lawful(WatchOrder order) {
    Entry entry = order.entry();
    long approvers =
        order.approvers().stream().map(String::strip).filter(a -> !a.isEmpty()).distinct().count();
    return approvers >= 2
        && !order.caseNumber().isBlank()
        && !order.legalBasis().isBlank()
        && entry.validTo() != null
        && !entry.validTo().isAfter(entry.validFrom().plus(settings.longest()));
  }

  private Finding finding(DeviceEvent event, WatchOrder order, Match match) {
    Finding.Builder finding =
        Finding.evidence(
                episode(order, event),
                trigger(event),
                event.community(),
                event.place().id(),
                event.time())
            .dated(hours(event))
            .subject(order.subjectType(), subject(order), "watched")
            .to(Audience.POLICE)
            .severity(match.read().equals(subject(order)) ? Severity.P1 : Severity.P2)
            .explanation(match.code())
            .value("watched", subject(order))
            .value("read", match.read())
            .value("order", order.order())
            .value("case", order.caseNumber())
            .value("basis", order.legalBasis())
            .value("place", Labels.of(event.place()))
            .value("time", Labels.clock(event.time(), event.place().zone()))
            .value("received", Labels.clock(event.origin().receivedAt(), event.place().zone()))
            .value("probability", Math.round(match.probability() * 100))
            .stoppedBy("watch-hit.order-revoked")
            .evidence(Evidence.of(event, "watch-hit.passage"))
            .score(match.probability());
    return finding.build();
  }

  private static boolean told(List<Hit> hits, WatchOrder order, DeviceEvent event) {
    return hits.stream()
        .anyMatch(
            hit ->
                hit.order().equals(order.order())
                    && hit.trigger().equals(trigger(event))
                    && hit.community().equals(event.community()));
  }

  /** Ids of events are their device's; orders are met everywhere. */
  private static String trigger(DeviceEvent event) {
    return event.device() + '/' + event.id();
  }

  private static String episode(WatchOrder order, DeviceEvent event) {
    return String.join("/", order.order(), order.subjectType(), subject(order))
        + "@"
        + event.community()
        + '/'
        + hours(event);
  }

  /** Of two passages either may arrive first, so neither can date an alert of both. */
  private static Instant hours(DeviceEvent event) {
    long seconds = event.time().getEpochSecond();
    return Instant.ofEpochSecond(seconds - seconds % TOGETHER.toSeconds());
  }

  private static String subject(WatchOrder order) {
    return order.subjectType().equals(Passage.PLATE)
        ? Plates.canonical(order.subject())
        : order.subject();
  }

  /**
   * Orders that have run out are kept as long as passages may still arrive late, and all versions
   * of an order as long as any: a revocation must not be forgotten before what it revokes.
   */
  private Step<State> kept(State before, Instant now, List<Finding> findings) {
    List<WatchOrder> orders = before.orders();
    List<WatchOrder> needed = new ArrayList<>();
    Instant wakeAt = null;
    for (WatchOrder order : orders) {
      Instant forgetAt = forgetAt(orders, order.order());
      if (forgetAt == null || forgetAt.isAfter(now)) {
        needed.add(order);
        wakeAt =
            forgetAt != null && (wakeAt == null || forgetAt.isBefore(wakeAt)) ? forgetAt : wakeAt;
      }
    }
    List<Hit> hits = needed.isEmpty() ? List.of() : List.copyOf(before.hits());
    State state =
        needed.isEmpty() && before.vehicles().isEmpty()
            ? null
            : new State(List.copyOf(needed), hits, before.vehicles());
    return new Step<>(state, findings, List.of(), wakeAt);
  }

  /** Null if some version of the order has no end. */
  private @Nullable Instant forgetAt(List<WatchOrder> orders, String id) {
    Instant last = Instant.MIN;
    for (WatchOrder order : orders) {
      if (order.order().equals(id)) {
        Instant end = order.entry().validTo();
        if (end == null) {
          return null;
        }
        last = end.isAfter(last) ? end : last;
      }
    }
    return last.plus(settings.latest());
  }
}
