package gatehouse.model;

import gatehouse.alert.Audience;
import gatehouse.alert.EpisodePolicy;
import gatehouse.alert.Episodes;
import gatehouse.alert.Finding;
import gatehouse.alert.Severity;
import gatehouse.analysis.AnalysisModel;
import gatehouse.analysis.ModelCard;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Settings.Setting;
import gatehouse.analysis.Step;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DeviceStatus;
import gatehouse.event.Direction;
import gatehouse.event.TrackSighting;
import gatehouse.fact.Fact;
import gatehouse.model.crowd.Occupancy;
import gatehouse.site.Place;
import gatehouse.site.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * More people are in an area than its fire certificate allows, for a minute.
 *
 * <p>Only areas with a certified number are judged. How many people are there is what the area's
 * cameras see; crossings are not added up, for such sums drift. The alert is about safety: it goes
 * to the property and the fire desk, never to the police, and ends when the area has been back
 * within its number for a while.
 *
 * <p>Source: the certified capacity of the fire inspection (GB 50016, density by use); one minute
 * against counting errors is judgement.
 */
public final class Crowding implements AnalysisModel<Fact, Crowding.Crowd> {

  private final Settings settings;

  /** The model with these settings. */
  public Crowding(Settings settings) {
    this.settings = settings;
  }

  /** What can be tuned. */
  public record Settings(
      @Setting(value = "too many for this long are an alert", max = 3600) Duration lasting,
      @Setting(value = "the alert ends when it was not too many for this long", max = 3600)
          Duration clear,
      @Setting(value = "so many times the certified number are more urgent", min = 1, max = 10)
          double severe,
      @Setting(value = "the alert is renewed when this share more came", min = 0.01, max = 10)
          double growth,
      @Setting(value = "sightings of less confidence do not count", unit = "share", max = 1)
          double minConfidence,
      @Setting(
              value = "a number, or a track with a known beginning, is believed this long",
              min = 1)
          Duration numberHolds,
      @Setting(value = "a track without one is believed this long", min = 1) Duration trackHolds,
      @Setting(value = "share of its alerts that are true", unit = "share", max = 1)
          double reliability)
      implements gatehouse.analysis.Settings {

    /** The values of the specification. */
    public static final Settings DEFAULTS =
        new Settings(
            Duration.ofSeconds(60),
            Duration.ofMinutes(5),
            1.5,
            0.1,
            0.5,
            Duration.ofMinutes(5),
            Duration.ofSeconds(60),
            0.8);
  }

  /**
   * What is kept of an area.
   *
   * @param name the area's, as shown to people
   * @param place where it was seen last
   * @param capacity the certified number
   * @param occupancy who is in sight
   * @param unseeing cameras that see nothing now, at most {@value #UNSEEING}
   * @param over since when there are too many
   * @param trigger the event from which on there were
   * @param told the greatest number told; 0: no alert is open
   * @param calm since when there are not too many any more, while the alert is open
   */
  public record Crowd(
      String name,
      String place,
      int capacity,
      Occupancy occupancy,
      List<String> unseeing,
      @Nullable Instant over,
      String trigger,
      int told,
      @Nullable Instant calm) {

    private Crowd seeing(Occupancy next) {
      return new Crowd(name, place, capacity, next, unseeing, over, trigger, told, calm);
    }

    private Crowd unseeing(List<String> next) {
      return new Crowd(name, place, capacity, occupancy, next, over, trigger, told, calm);
    }

    private Crowd judged(
        @Nullable Instant overSince, String by, int toldNow, @Nullable Instant calmSince) {
      return new Crowd(
          name, place, capacity, occupancy, unseeing, overSince, by, toldNow, calmSince);
    }
  }

  private static final int UNSEEING = 16;

  /** Its line in the catalogue. */
  public static ModelEntry<Fact, Crowd, Settings> entry() {
    return new ModelEntry<>(
        "crowding",
        1,
        Ordering.EVENT_TIME,
        Set.of(TrackSighting.class, DeviceStatus.class, DeviceHealth.class),
        Crowd.class,
        Settings.DEFAULTS,
        Crowding::new,
        new EpisodePolicy(null, Duration.ofHours(1), Duration.ofDays(7)),
        new ModelCard(
            "Crowding",
            "人员超容",
            "More people are in an area than its fire certificate allows, for a minute. About safety"
                + " only: never told to the police.",
            List.of(Audience.PROPERTY, Audience.FIRE_DESK),
            ModelCard.LateData.COMMUTATIVE,
            List.of(
                "A gathering in an area without a certified number: never judged, a crowd as such is"
                    + " no offence",
                "One wrong count: it must stay too many for a minute",
                "Two cameras that see the same people: at one place the one that sees most counts",
                "People who pass by one after the other: a track ends, or is forgotten after a"
                    + " minute",
                "A camera that was cut off: what it saw last is not believed any more",
                "A permitted event: no excuse, the certificate holds nevertheless"),
            "Certified capacity of the fire inspection"),
        Crowding::example);
  }

  /** The smallest history in which it finds something: 60 people in a hall for 50. */
  public static List<Fact> example() {
    Zone hall = Zone.open("hall").certifiedFor(50);
    String time = "2026-11-24T11:30:00Z";
    return List.of(
        Sample.entry(
            Sample.COMMUNITY,
            Sample.door("hall-camera", "Community hall", List.of(hall), List.of())),
        new TrackSighting(
            Sample.origin("crowd-1", Sample.COMMUNITY, "hall-camera", time),
            "hall",
            TrackSighting.Kind.PERSON,
            null,
            null,
            60,
            0.95,
            Direction.UNKNOWN,
            ""));
  }

  @Override
  public List<String> keys(Fact fact) {
    if (fact instanceof TrackSighting sighting && !tellsOfPresence(sighting)) {
      return List.of();
    }
    Place place = place(fact);
    return place == null
        ? List.of()
        : certified(place).map(zone -> fact.community() + '/' + zone.id()).toList();
  }

  private boolean tellsOfPresence(TrackSighting sighting) {
    boolean bounded = sighting.enteredAt() != null || sighting.leftAt() != null;
    return sighting.kind() == TrackSighting.Kind.PERSON
        && sighting.confidence() >= settings.minConfidence()
        && sighting.count() >= 0
        && (bounded || sighting.direction() == Direction.UNKNOWN);
  }

  private static @Nullable Place place(Fact fact) {
    return fact instanceof DeviceEvent event
        ? event.place()
        : fact instanceof DeviceHealth health ? health.place() : null;
  }

  /** A camera looks into the areas that its place leads into, or else out of. */
  private static Stream<Zone> certified(Place place) {
    List<Zone> zones = place.to().isEmpty() ? place.from() : place.to();
    return zones.stream().filter(zone -> zone.capacity() != null);
  }

  @Override
  public Step<Crowd> onEvent(String key, Fact fact, @Nullable Crowd before) {
    List<Finding> findings = new ArrayList<>();
    Crowd crowd = before;
    if (fact instanceof TrackSighting sighting) {
      crowd = seen(key, sighting, before);
    } else if (fact instanceof DeviceStatus status && crowd != null) {
      crowd =
          switch (status.state()) {
            case OFFLINE, MAINTENANCE -> blind(crowd, status.device());
            case ONLINE, DEGRADED -> crowd;
          };
    } else if (fact instanceof DeviceHealth health && crowd != null) {
      crowd =
          health.sees()
              ? crowd.unseeing(
                  crowd.unseeing().stream().filter(id -> !id.equals(health.device())).toList())
              : unseeing(blind(crowd, health.device()), health.device());
    }
    if (crowd == null) {
      return Step.forget();
    }
    String trigger = fact instanceof TrackSighting ? fact.id() : crowd.trigger();
    return step(fact.time(), judged(key, fact.time(), crowd, trigger, findings), findings);
  }

  @Override
  public Step<Crowd> onWake(String key, Instant now, Crowd crowd) {
    List<Finding> findings = new ArrayList<>();
    return step(now, judged(key, now, crowd, crowd.trigger(), findings), findings);
  }

  private Crowd seen(String key, TrackSighting sighting, @Nullable Crowd before) {
    Zone zone =
        certified(sighting.place())
            .filter(one -> key.endsWith('/' + one.id()))
            .findFirst()
            .orElseThrow();
    Integer certified = zone.capacity();
    int capacity = certified == null ? Integer.MAX_VALUE : certified;
    Crowd crowd =
        before == null
            ? new Crowd("", "", capacity, Occupancy.NOBODY, List.of(), null, "", 0, null)
            : before;
    Occupancy occupancy = crowd.occupancy().at(sighting.time());
    return new Crowd(
        Labels.of(zone),
        sighting.place().id(),
        capacity,
        crowd.unseeing().contains(sighting.device())
            ? occupancy
            : occupancy.with(sighting, settings.numberHolds(), settings.trackHolds()),
        crowd.unseeing(),
        crowd.over(),
        crowd.trigger(),
        crowd.told(),
        crowd.calm());
  }

  private static Crowd blind(Crowd crowd, String device) {
    return crowd.seeing(crowd.occupancy().without(device));
  }

  private static Crowd unseeing(Crowd crowd, String device) {
    List<String> next = new ArrayList<>(crowd.unseeing());
    next.remove(device);
    next.add(device);
    return crowd.unseeing(
        List.copyOf(next.subList(Math.max(0, next.size() - UNSEEING), next.size())));
  }

  private Crowd judged(
      String key, Instant now, Crowd before, String trigger, List<Finding> findings) {
    Crowd crowd = before.seeing(before.occupancy().at(now));
    int people = crowd.occupancy().people();
    if (people > crowd.capacity()) {
      Instant over = crowd.over() == null ? now : crowd.over();
      String by = crowd.over() == null ? trigger : crowd.trigger();
      Crowd tooMany = crowd.judged(over, by, crowd.told(), null);
      boolean tell =
          !now.isBefore(over.plus(settings.lasting()))
              && (crowd.told() == 0 || people >= crowd.told() * (1 + settings.growth()));
      if (!tell) {
        return tooMany;
      }
      findings.add(tooMany(key, now, tooMany, people));
      return tooMany.judged(over, by, people, null);
    } else if (crowd.told() == 0) {
      return crowd.judged(null, "", 0, null);
    }
    Instant calm = crowd.calm() == null ? now : crowd.calm();
    if (now.isBefore(calm.plus(settings.clear()))) {
      return crowd.judged(crowd.over(), crowd.trigger(), crowd.told(), calm);
    }
    findings.add(
        Finding.close(
            zone(key),
            crowd.trigger(),
            community(key),
            crowd.place(),
            now,
            crowd.occupancy().seen().isEmpty() ? "crowding.nobody-seen" : "crowding.dispersed"));
    return crowd.judged(null, "", 0, null);
  }

  private Finding tooMany(String key, Instant now, Crowd crowd, int people) {
    Instant over = crowd.over() == null ? now : crowd.over();
    boolean severe = people >= crowd.capacity() * settings.severe();
    return Finding.evidence(zone(key), crowd.trigger(), community(key), crowd.place(), now)
        .since(over)
        .subject("zone", zone(key), "zone")
        .severity(severe ? Severity.P2 : Severity.P3)
        .to(Audience.PROPERTY)
        .to(Audience.FIRE_DESK)
        .explanation("crowding.too-many")
        .value("zone", crowd.name())
        .value("people", people)
        .value("capacity", crowd.capacity())
        .value("seconds", Duration.between(over, now).toSeconds())
        .stoppedBy("crowding.within-capacity")
        .evidence(crowd.occupancy().evidence(Episodes.EVIDENCE_LIMIT))
        .score(settings.reliability())
        .build();
  }

  private Step<Crowd> step(Instant now, Crowd crowd, List<Finding> findings) {
    Occupancy occupancy = crowd.occupancy();
    boolean nothing =
        occupancy.seen().isEmpty()
            && occupancy.counters().isEmpty()
            && crowd.unseeing().isEmpty()
            && crowd.told() == 0;
    if (nothing) {
      return Step.<Crowd>forget().findings(findings);
    }
    Instant over = crowd.over();
    Instant calm = crowd.calm();
    Instant wake =
        Stream.of(
                over == null || crowd.told() > 0 ? null : over.plus(settings.lasting()),
                calm == null ? null : calm.plus(settings.clear()),
                occupancy.nextEnd())
            .filter(time -> time != null && time.isAfter(now))
            .min(Instant::compareTo)
            .orElse(null);
    return Step.keep(crowd).findings(findings).wakeAt(wake);
  }

  private static String community(String key) {
    return key.substring(0, key.indexOf('/'));
  }

  private static String zone(String key) {
    return key.substring(key.indexOf('/') + 1);
  }
}
