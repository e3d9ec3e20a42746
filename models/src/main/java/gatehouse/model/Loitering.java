package gatehouse.model;

import gatehouse.alert.Audience;
import gatehouse.alert.EpisodePolicy;
import gatehouse.analysis.AnalysisModel;
import gatehouse.analysis.ModelCard;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Step;
import gatehouse.event.AccessEvent;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DeviceStatus;
import gatehouse.event.Direction;
import gatehouse.event.FaceCapture;
import gatehouse.event.TrackSighting;
import gatehouse.fact.Fact;
import gatehouse.model.loiter.ClosedArea;
import gatehouse.model.loiter.LoiteringSettings;
import gatehouse.model.loiter.LoiteringState;
import gatehouse.site.Place;
import gatehouse.site.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody unknown dwells in a closed area (plant room, roof, garage, perimeter), or comes back to
 * it.
 *
 * <p>The limit is the area's own if the site names one; else five minutes, in a garage ten, or
 * longer where stays usually last longer: the {@code quantile} of the area's stays, learned apart
 * for day and night. {@code returns} stays of one subject within an hour are an alert as well; at
 * night, outside garages, those that one camera sees one after the other count as one subject's.
 *
 * <p>Each grant at a door into the area, and each person a camera there recognises, excuses one
 * track; so a second one behind it stays unexcused. Tracks and faces are the camera's own, never
 * joined with those of another. Areas that people may use are never judged.
 *
 * <p>Source: dwell-time rules of video analytics (e.g. i-LIDS loitering scenario); the quantile is
 * {@link gatehouse.stats.DurationSketch}'s.
 */
public final class Loitering implements AnalysisModel<Fact, LoiteringState> {

  private final LoiteringSettings settings;

  /** The model with these settings. */
  public Loitering(LoiteringSettings settings) {
    this.settings = settings;
  }

  /** Its line in the catalogue. */
  public static ModelEntry<Fact, LoiteringState, LoiteringSettings> entry() {
    return new ModelEntry<>(
        "loitering",
        1,
        Ordering.EVENT_TIME,
        Set.of(
            TrackSighting.class,
            FaceCapture.class,
            AccessEvent.class,
            DeviceStatus.class,
            DeviceHealth.class,
            ZonePermit.class),
        LoiteringState.class,
        LoiteringSettings.DEFAULTS,
        Loitering::new,
        new EpisodePolicy(null, Duration.ofHours(2), Duration.ofDays(7)),
        new ModelCard(
            "Loitering",
            "徘徊滞留",
            "Somebody unknown stays in a closed area (plant room, roof, garage, perimeter) beyond its"
                + " limit, or comes back to it again and again. Areas that people may use are never"
                + " judged.",
            List.of(Audience.PROPERTY),
            ModelCard.LateData.ORDERED,
            List.of(
                "Staff at work: a grant at a door into the area, or a recognised face, excuses one"
                    + " track",
                "Contractors: a permit that names a place of the area, also when it is recorded"
                    + " afterwards",
                "Loading a car in the garage: its limit is longer, and grows with the usual stays",
                "A track that was lost: a camera that was cut off or restarted is not believed;"
                    + " one that tells of tracks again and again must do so every minute",
                "A passer-by: doubtful sightings and short stays do not count"),
            "Dwell-time rule with a learned quantile of the area's own stays"),
        Loitering::example);
  }

  /** The smallest history in which it finds something: somebody enters a plant room and stays. */
  public static List<Fact> example() {
    Zone room =
        new Zone("plant-room", "Plant room", Zone.AntiPassback.NONE, null, false, 3, null)
            .usedAs(Zone.Use.PLANT_ROOM);
    String time = "2026-11-24T06:00:00Z";
    return List.of(
        Sample.entry(
            Sample.COMMUNITY,
            Sample.door("plant-camera", "Plant room camera", List.of(room), List.of())),
        new TrackSighting(
            Sample.origin("loiter-1", Sample.COMMUNITY, "plant-camera", time),
            "t17",
            TrackSighting.Kind.PERSON,
            Instant.parse(time),
            null,
            1,
            0.92,
            Direction.UNKNOWN,
            ""));
  }

  @Override
  public List<String> keys(Fact fact) {
    if (fact instanceof ZonePermit permit) {
      return List.of(fact.community() + '/' + permit.zone().id());
    }
    if (fact instanceof TrackSighting track && !isOfPerson(track)) {
      return List.of();
    } else if (fact instanceof FaceCapture face && !counts(face)) {
      return List.of();
    } else if (fact instanceof AccessEvent access && !access.passed()) {
      return List.of();
    }
    Zone zone = zone(fact);
    return zone == null ? List.of() : List.of(fact.community() + '/' + zone.id());
  }

  private boolean isOfPerson(TrackSighting track) {
    return track.kind() == TrackSighting.Kind.PERSON
        && track.count() > 0
        && track.confidence() >= settings.minConfidence();
  }

  private boolean counts(FaceCapture face) {
    return face.quality() >= settings.minConfidence()
        && (face.person() != null || face.localSubject() != null);
  }

  /** The closed area that the fact is about: the innermost one. */
  private static @Nullable Zone zone(Fact fact) {
    if (fact instanceof ZonePermit permit) {
      return permit.zone();
    } else if (fact instanceof AccessEvent access) {
      return innermost(access.place().after(access.direction()));
    }
    Place place =
        fact instanceof DeviceHealth health ? health.place() : ((DeviceEvent) fact).place();
    return innermost(place.to().isEmpty() ? place.from() : place.to());
  }

  private static @Nullable Zone innermost(List<Zone> zones) {
    Zone closed = null;
    for (Zone zone : zones) {
      closed = zone.use().closed() ? zone : closed;
    }
    return closed;
  }

  @Override
  public Step<LoiteringState> onEvent(String key, Fact fact, @Nullable LoiteringState before) {
    boolean ofDevice = fact instanceof DeviceStatus || fact instanceof DeviceHealth;
    Zone zone = zone(fact);
    if (zone == null || (ofDevice && before == null)) {
      return before == null ? Step.forget() : Step.keep(before);
    }
    String timeZone = fact instanceof DeviceEvent event ? event.place().timeZone() : "";
    LoiteringState state =
        before == null ? ClosedArea.unknown(zone, timeZone, fact.time()) : before;
    ClosedArea area = new ClosedArea(fact.community(), zone, inZone(state, timeZone), settings);
    area.at(fact.time());
    show(fact, area);
    return step(area, fact.time());
  }

  /** A permit does not say in which time zone the area is. */
  private static LoiteringState inZone(LoiteringState state, String timeZone) {
    return timeZone.isEmpty() || timeZone.equals(state.timeZone())
        ? state
        : state.inTimeZone(timeZone);
  }

  private static void show(Fact fact, ClosedArea area) {
    if (fact instanceof TrackSighting track) {
      Instant entered = track.enteredAt();
      Instant left = track.leftAt();
      boolean bounded = entered != null || left != null;
      boolean gone = bounded && track.direction() == Direction.OUT;
      area.see(
          track,
          track.track(),
          entered == null || entered.isAfter(track.time()) ? track.time() : entered,
          bounded,
          left != null && !left.isAfter(track.time()) ? left : gone ? track.time() : null);
    } else if (fact instanceof FaceCapture face) {
      if (face.person() != null) {
        area.admit(face.time());
      } else if (face.localSubject() != null) {
        area.see(face, face.localSubject(), face.time(), false, null);
      }
    } else if (fact instanceof AccessEvent access) {
      area.admit(access.time());
    } else if (fact instanceof DeviceStatus status) {
      area.hear(status);
    } else if (fact instanceof DeviceHealth health) {
      area.hear(health.device(), health.sees(), health.time());
    } else if (fact instanceof ZonePermit permit) {
      area.permit(permit.permit(), permit.time());
    }
  }

  @Override
  public Step<LoiteringState> onWake(String key, Instant now, LoiteringState state) {
    String community = key.substring(0, key.indexOf('/'));
    ClosedArea area = new ClosedArea(community, state.zone(), state, settings);
    area.at(now);
    return step(area, now);
  }

  private static Step<LoiteringState> step(ClosedArea area, Instant now) {
    if (area.abandoned(now)) {
      return Step.<LoiteringState>forget().findings(area.findings());
    }
    return Step.keep(area.state()).findings(area.findings()).wakeAt(area.nextWake(now));
  }
}
