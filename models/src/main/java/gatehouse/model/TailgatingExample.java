package gatehouse.model;

import gatehouse.event.AccessEvent;
import gatehouse.event.ClockQuality;
import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.Direction;
import gatehouse.event.Origin;
import gatehouse.event.Outcome;
import gatehouse.event.TrackSighting;
import gatehouse.fact.Fact;
import gatehouse.site.DoorSpec;
import gatehouse.site.Place;
import gatehouse.site.PlaceEntry;
import gatehouse.site.Zone;
import gatehouse.site.Zone.AntiPassback;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The example of tailgating: two pass a turnstile, one was let in. */
final class TailgatingExample {

  private static final String COMMUNITY = "example";
  private static final Instant TIME = Instant.parse("2026-11-24T06:00:00Z");

  private TailgatingExample() {}

  static List<Fact> history() {
    Zone yard = new Zone("yard", "Yard", AntiPassback.NONE, null, true, 1, null);
    Place turnstile =
        new Place(
            "east-turnstile",
            Place.Kind.TURNSTILE,
            "Turnstile, east gate",
            "",
            "",
            "Asia/Shanghai",
            List.of(),
            List.of(yard),
            null,
            DoorSpec.NONE,
            List.of(),
            Map.of());
    Instant built = Instant.parse("2026-01-01T00:00:00Z");
    return List.of(
        new PlaceEntry(COMMUNITY, built, built, turnstile),
        new AccessEvent(
            origin(1, "east-reader", TIME),
            "card-0301",
            CredentialType.CARD,
            "",
            null,
            null,
            Direction.IN,
            Outcome.GRANTED,
            DenialReason.NONE,
            false,
            null),
        passed(2, "t1", TIME.plusMillis(800)),
        passed(3, "t2", TIME.plusMillis(1900)));
  }

  private static Fact passed(int number, String track, Instant time) {
    return new TrackSighting(
        origin(number, "east-camera", time),
        track,
        TrackSighting.Kind.PERSON,
        null,
        null,
        1,
        0.95,
        Direction.IN,
        "");
  }

  private static Origin origin(int number, String device, Instant time) {
    return new Origin(
        "example-" + number,
        COMMUNITY,
        device,
        Place.of("east-turnstile"),
        time,
        time.plusMillis(200),
        "b1",
        number,
        false,
        ClockQuality.GOOD);
  }
}
