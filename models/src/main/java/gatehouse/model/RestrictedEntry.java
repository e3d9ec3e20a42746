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
import gatehouse.event.AccessEvent;
import gatehouse.event.DeviceEvent;
import gatehouse.event.Direction;
import gatehouse.event.FaceCapture;
import gatehouse.event.PlateRead;
import gatehouse.event.TagRead;
import gatehouse.event.TrackSighting;
import gatehouse.fact.Fact;
import gatehouse.registry.ListMembership;
import gatehouse.registry.Vehicle;
import gatehouse.site.PassRule;
import gatehouse.site.Place;
import gatehouse.site.Zone;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Somebody or something passes a place, or tries to, whose rules do not allow it at that hour
 * (禁区闯入). Judged by the lists and classes that held at the passage's time, whenever they became
 * known.
 */
public final class RestrictedEntry implements AnalysisModel<Fact, RestrictedEntry.State> {

  private static final int LISTINGS = 32;
  private static final int VEHICLES = 4;
  private static final int PASSAGES = 16;

  /** From here on a zone is critical and the police may know. */
  private static final int CRITICAL = 3;

  private static final int RESTRICTED = 2;

  private final Settings settings;

  RestrictedEntry(Settings settings) {
    this.settings = settings;
  }

  /** What counts, and for how long it can be taken back. */
  public record Settings(
      @Setting(
              value = "a plate, face or track seen with less confidence is not judged",
              unit = "share",
              max = 1)
          double minConfidence,
      @Setting(
              value =
                  "refused attempts that make an alert; more than one spares who errs in the door;"
                      + " one where a rule forbids it",
              min = 1,
              max = PASSAGES)
          int attempts,
      @Setting(value = "they are counted over this time", min = 1) Duration attemptsWithin,
      @Setting(value = "how long a passage is judged again when the registry changes", min = 3600)
          Duration remember)
      implements gatehouse.analysis.Settings {

    static final Settings DEFAULTS =
        new Settings(0.8, 2, Duration.ofMinutes(10), Duration.ofDays(7));
  }

  /**
   * A subject.
   *
   * @param listings lists it is on, in the order of recording
   * @param vehicles what is registered of it, if it is a vehicle
   * @param passages its last passages at places with rules, oldest first
   */
  public record State(
      List<ListMembership> listings, List<Vehicle> vehicles, List<Checked> passages) {}

  /**
   * A passage and what came of it.
   *
   * @param event the event
   * @param community the community
   * @param placeName the place as shown to people
   * @param timeZone in which the rules are meant; empty: UTC
   * @param rules the place's rules
   * @param zone id of the zone it leads into, or of the place if it leads nowhere
   * @param zoneName as shown to people
   * @param sensitivity of that zone
   * @param direction which way
   * @param passed whether it was let pass
   * @param subjectType credential, plate, tag, person or track
   * @param subject its id
   * @param subjectClass its class as the event gives it; empty if unknown
   * @param broken whether it was found to break a rule
   */
  public record Checked(
      Evidence event,
      String community,
      String placeName,
      String timeZone,
      List<PassRule> rules,
      String zone,
      String zoneName,
      int sensitivity,
      Direction direction,
      boolean passed,
      String subjectType,
      String subject,
      String subjectClass,
      boolean broken) {

    ZoneId local() {
      return timeZone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(timeZone);
    }

    Checked broken(boolean found) {
      return new Checked(
          event,
          community,
          placeName,
          timeZone,
          rules,
          zone,
          zoneName,
          sensitivity,
          direction,
          passed,
          subjectType,
          subject,
          subjectClass,
          found);
    }
  }

  /** The catalogue's line. */
  public static ModelEntry<Fact, State, Settings> entry() {
    return new ModelEntry<>(
        "restricted-entry",
        1,
        Ordering.EVENT_TIME,
        Set.of(
            AccessEvent.class,
            PlateRead.class,
            TagRead.class,
            TrackSighting.class,
            FaceCapture.class,
            ListMembership.class,
            HolderListing.class,
            Vehicle.class),
        State.class,
        Settings.DEFAULTS,
        RestrictedEntry::new,
        // Somebody who goes in and comes out some hours later is one visit.
        new EpisodePolicy(Duration.ofHours(4), Duration.ZERO, Duration.ofDays(7)),
        new ModelCard(
            "Restricted entry",
            "禁区闯入",
            "A subject passes a place whose rules do not allow its class, its lists or itself at"
                + " that hour, or tries to.",
            List.of(Audience.PROPERTY, Audience.POLICE),
            LateData.ORDERED,
            List.of(
                "A permission was entered late: when it becomes known the alert is taken back.",
                "A plate was misread: reads below the confidence limit are not judged.",
                "The rule is meant in local time: the place's time zone counts, hours over midnight"
                    + " belong to the first day.",
                "Somebody errs in the door and is refused, as it should be: told only when tried"
                    + " again within ten minutes, or where a rule forbids it, and one step less"
                    + " urgent."),
            "Rule part of models-spec, restricted-entry. Police only where a zone is critical"
                + " (sensitivity 3) and the subject passed"),
        RestrictedEntryExample::history);
  }

  @Override
  public List<String> keys(Fact fact) {
    String subject =
        fact instanceof ListMembership membership
            ? membership.subject()
            : fact instanceof HolderListing listing
                ? listing.credential()
                : fact instanceof Vehicle vehicle
                    ? vehicle.plate()
                    : fact instanceof DeviceEvent event ? judged(event) : "";
    return subject.isEmpty() ? List.of() : List.of(fact.community() + '|' + subject);
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    State state = before == null ? new State(List.of(), List.of(), List.of()) : before;
    if (fact instanceof DeviceEvent event) {
      Passage passage = Passage.of(event);
      return passage == null ? Step.keep(state) : passed(checked(event, passage), state);
    }
    State now = registered(fact, state);
    return judgedAgain(now, fact.time());
  }

  @Override
  public Step<State> onWake(String key, Instant now, State state) {
    List<Checked> recent = recent(state.passages(), now);
    return remembered(new State(state.listings(), state.vehicles(), recent), List.of());
  }

  /** The subject of an event that can break a rule; empty if it cannot. */
  private String judged(DeviceEvent event) {
    Passage passage =
        event.place().rules().isEmpty() || onlyCounts(event) ? null : Passage.of(event);
    return passage == null || passage.confidence() < settings.minConfidence()
        ? ""
        : passage.subject();
  }

  /** Where a reader decides who may pass, an anonymous track beside it is for tailgating. */
  private static boolean onlyCounts(DeviceEvent event) {
    return event instanceof TrackSighting sighting
        && sighting.subjectType().isEmpty()
        && switch (event.place().kind()) {
          case DOOR, TURNSTILE, VEHICLE_GATE -> true;
          default -> false;
        };
  }

  private static State registered(Fact fact, State state) {
    if (fact instanceof Vehicle vehicle) {
      return new State(
          state.listings(), Validity.with(state.vehicles(), vehicle, VEHICLES), state.passages());
    }
    ListMembership listing =
        fact instanceof HolderListing holder
            ? holder.membership()
            : fact instanceof ListMembership own ? own : null;
    return listing == null
        ? state
        : new State(
            Validity.with(state.listings(), listing, LISTINGS), state.vehicles(), state.passages());
  }

  private Step<State> passed(Checked passage, State state) {
    List<Checked> passages = new ArrayList<>(recent(state.passages(), passage.event().time()));
    passages.add(passage);
    RuleBreach breach = breach(passage, passages, state);
    passages.set(passages.size() - 1, passage.broken(breach != null));
    if (passages.size() > PASSAGES) {
      passages.remove(0);
    }
    return remembered(
        new State(state.listings(), state.vehicles(), List.copyOf(passages)),
        breach == null
            ? List.of()
            : List.of(
                finding(passage, attempts(passage, passages), breach, passage.event().time())));
  }

  /** The rule it breaks; whoever is refused less often than this stood before the wrong door. */
  private @Nullable RuleBreach breach(Checked passage, List<Checked> passages, State state) {
    RuleBreach breach = breach(passage, state);
    return breach != null
            && (passage.passed()
                || breach.kind() == RuleBreach.Kind.FORBIDDEN
                || attempts(passage, passages).size() >= settings.attempts())
        ? breach
        : null;
  }

  /** The refused attempts up to a refused passage, itself included, that count with it. */
  private List<Evidence> attempts(Checked passage, List<Checked> passages) {
    Instant until = passage.event().time();
    Instant from = until.minus(settings.attemptsWithin());
    return passage.passed()
        ? List.of()
        : passages.stream()
            .filter(other -> !other.passed() && other.zone().equals(passage.zone()))
            .map(Checked::event)
            .filter(event -> event.time().isAfter(from) && !event.time().isAfter(until))
            .distinct()
            .toList();
  }

  private Step<State> judgedAgain(State state, Instant now) {
    List<Finding> findings = new ArrayList<>();
    List<Checked> passages = new ArrayList<>();
    for (Checked passage : recent(state.passages(), now)) {
      RuleBreach breach = breach(passage, state.passages(), state);
      if (breach == null && passage.broken()) {
        findings.add(
            Finding.retract(
                episode(passage),
                passage.event().eventId(),
                passage.community(),
                passage.event().place(),
                now,
                "restricted-entry.allowed-afterwards"));
      } else if (breach != null && !passage.broken()) {
        findings.add(finding(passage, attempts(passage, state.passages()), breach, now));
      }
      passages.add(passage.broken(breach != null));
    }
    return remembered(
        new State(state.listings(), state.vehicles(), List.copyOf(passages)), findings);
  }

  private List<Checked> recent(List<Checked> passages, Instant now) {
    return passages.stream()
        .filter(passage -> passage.event().time().plus(settings.remember()).isAfter(now))
        .toList();
  }

  private Step<State> remembered(State state, List<Finding> findings) {
    if (state.passages().isEmpty()) {
      boolean nothing = state.listings().isEmpty() && state.vehicles().isEmpty();
      return Step.<State>keep(nothing ? null : state).findings(findings);
    }
    Instant oldest = state.passages().get(0).event().time();
    return Step.keep(state).findings(findings).wakeAt(oldest.plus(settings.remember()));
  }

  private static @Nullable RuleBreach breach(Checked passage, State state) {
    Instant time = passage.event().time();
    Vehicle vehicle = Validity.at(state.vehicles(), time);
    List<String> classes =
        Stream.of(vehicle == null ? "" : vehicle.subjectType(), passage.subjectClass())
            .filter(type -> !type.isEmpty())
            .toList();
    Set<String> lists = new TreeSet<>();
    for (ListMembership listing : state.listings()) {
      List<ListMembership> versions =
          state.listings().stream()
              .filter(other -> other.list().equals(listing.list()))
              .filter(other -> other.subject().equals(listing.subject()))
              .toList();
      if (Validity.at(versions, time) != null) {
        lists.add(listing.list());
      }
    }
    return RuleBreach.find(
        passage.rules(),
        passage.subject(),
        classes,
        lists,
        time.atZone(passage.local()),
        passage.direction());
  }

  private static Checked checked(DeviceEvent event, Passage passage) {
    Place place = event.place();
    Zone zone = zone(place);
    return new Checked(
        Evidence.of(event, "restricted-entry.passage"),
        event.community(),
        Labels.of(place),
        place.timeZone(),
        place.rules(),
        zone == null ? place.id() : zone.id(),
        zone == null ? Labels.of(place) : Labels.of(zone),
        zone == null ? 0 : zone.sensitivity(),
        passage.direction(),
        passage.passed(),
        passage.subjectType(),
        passage.subject(),
        passage.subjectClass(),
        false);
  }

  /** The most sensitive zone that the place leads into or out of. */
  private static @Nullable Zone zone(Place place) {
    return Stream.concat(
            place.from().stream().filter(zone -> !UnseenCrossing.contains(place.to(), zone)),
            place.to().stream().filter(zone -> !UnseenCrossing.contains(place.from(), zone)))
        .max(Comparator.comparingInt(Zone::sensitivity))
        .orElse(null);
  }

  private static String episode(Checked passage) {
    return String.join("|", passage.subjectType(), passage.subject(), passage.zone());
  }

  private static Finding finding(
      Checked passage, List<Evidence> attempts, RuleBreach breach, Instant now) {
    Instant time = passage.event().time();
    Severity severity = passage.sensitivity() >= RESTRICTED ? Severity.P2 : Severity.P3;
    String kind = breach.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    Finding.Builder finding =
        Finding.evidence(
                episode(passage),
                passage.event().eventId(),
                passage.community(),
                passage.event().place(),
                now)
            .since(attempts.isEmpty() ? time : attempts.get(0).time())
            .subject(passage.subjectType(), passage.subject(), "subject")
            .severity(passage.passed() ? severity : severity.lowered())
            .to(Audience.PROPERTY)
            .explanation("restricted-entry." + (passage.passed() ? "" : "attempt-") + kind)
            .value("place", passage.placeName())
            .value("zone", passage.zoneName())
            .value("time", Labels.of(time, passage.local()))
            .value("who", breach.who())
            .value("days", breach.days())
            .value("hours", breach.hours())
            .stoppedBy(
                breach.kind() == RuleBreach.Kind.OUTSIDE_HOURS
                    ? "restricted-entry.stopped-by-hour"
                    : "restricted-entry.stopped-by-permission")
            .evidence(attempts.isEmpty() ? List.of(passage.event()) : attempts)
            .score(passage.passed() ? 0.95 : 0.8);
    return passage.passed() && passage.sensitivity() >= CRITICAL
        ? finding.to(Audience.POLICE).build()
        : finding.build();
  }
}
