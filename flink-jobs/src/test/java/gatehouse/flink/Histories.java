package gatehouse.flink;

import gatehouse.event.AccessEvent;
import gatehouse.event.ClockQuality;
import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.Direction;
import gatehouse.event.DoorEvent;
import gatehouse.event.Origin;
import gatehouse.event.Outcome;
import gatehouse.fact.Fact;
import gatehouse.registry.Credential;
import gatehouse.registry.Entry;
import gatehouse.site.DoorSpec;
import gatehouse.site.Place;
import gatehouse.site.PlaceEntry;
import gatehouse.wire.FactCodec;
import gatehouse.wire.WireException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Histories for tests, and how they arrive. */
final class Histories {

  static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  static final Duration BOUND = Duration.ofSeconds(2);

  private Histories() {}

  /** An hour of a community with three doors, five cards and a card that is replaced. */
  static List<Fact> random(long seed, String community) {
    Random random = new Random(seed);
    List<Fact> facts = new ArrayList<>();
    for (int door = 0; door < 3; door++) {
      facts.add(place(community, "door-" + door, "Door " + door, Instant.EPOCH));
      facts.add(place(community, "door-" + door, "Gate " + door, at(1800)));
    }
    for (int i = 0; i < 120; i++) {
      Instant time = START.plusMillis(random.nextInt(3_600_000) / 500 * 500L);
      String id = "e" + i;
      String door = "door-" + random.nextInt(3);
      if (random.nextInt(4) == 0) {
        facts.add(new DoorEvent(origin(id, community, door, time), DoorEvent.Change.OPENED));
      } else {
        facts.add(
            access(
                origin(id, community, door, time),
                "card-" + random.nextInt(5),
                random.nextInt(3) == 0 ? Outcome.DENIED : Outcome.GRANTED,
                random.nextInt(20) == 0));
      }
    }
    for (int card = 0; card < 5; card += 2) {
      facts.add(credential(community, "card-" + card, at(random.nextInt(3600))));
    }
    return facts;
  }

  static PlaceEntry place(String community, String id, String name, Instant validFrom) {
    return new PlaceEntry(
        community,
        START.minusSeconds(validFrom.equals(Instant.EPOCH) ? 3600 : 1800),
        validFrom,
        new Place(
            id,
            Place.Kind.DOOR,
            name,
            "b1",
            "village",
            "Asia/Shanghai",
            List.of(),
            List.of(),
            null,
            DoorSpec.STANDARD,
            List.of(),
            Map.of("elsewhere", Duration.ofSeconds(30))));
  }

  static Credential credential(String community, String card, Instant recordedAt) {
    return new Credential(
        new Entry("v1-" + card, community, recordedAt, recordedAt, null),
        card,
        CredentialType.CARD,
        "holder",
        null,
        List.of(),
        Credential.Status.ACTIVE,
        null);
  }

  static Origin origin(String id, String community, String door, Instant time) {
    return new Origin(
        id,
        community,
        "reader-" + door,
        Place.of(door),
        time,
        time.plusMillis(100),
        "b1",
        -1,
        false,
        ClockQuality.GOOD);
  }

  static AccessEvent access(Origin origin, String card, Outcome outcome, boolean duress) {
    return new AccessEvent(
        origin,
        card,
        CredentialType.CARD,
        "resident",
        null,
        null,
        Direction.IN,
        outcome,
        outcome == Outcome.DENIED ? DenialReason.REVOKED : DenialReason.NONE,
        duress,
        null);
  }

  static Instant at(int second) {
    return START.plusSeconds(second);
  }

  /** The facts as they arrive: in disorder by less than the bound, some of them twice. */
  static List<Fact> arriving(List<Fact> facts, long seed) {
    record Arrival(Fact fact, Instant at) {}
    Random random = new Random(seed);
    List<Arrival> arrivals = new ArrayList<>();
    for (Fact fact : facts) {
      for (int times = random.nextInt(5) == 0 ? 2 : 1; times > 0; times--) {
        arrivals.add(
            new Arrival(fact, fact.time().plusMillis(random.nextInt((int) BOUND.toMillis()))));
      }
    }
    arrivals.sort(Comparator.comparing(Arrival::at));
    return arrivals.stream().map(Arrival::fact).toList();
  }

  /** The same in a community of its own: examples share their ids. */
  static Fact moved(Fact fact, String community) throws WireException {
    String json = new String(FactCodec.encode(fact), StandardCharsets.UTF_8);
    String own = "\"community\":\"" + fact.community() + "\"";
    return FactCodec.decode(
        json.replace(own, "\"community\":\"" + community + "\"").getBytes(StandardCharsets.UTF_8));
  }

  static Instant last(List<? extends Fact> facts) {
    return facts.stream().map(Fact::time).max(Comparator.naturalOrder()).orElse(START);
  }

  /** A file of these facts, and of a line that is none. */
  static Path file(Path dir, String name, List<? extends Fact> facts, @Nullable String other)
      throws IOException {
    List<String> lines = new ArrayList<>();
    for (Fact fact : facts) {
      lines.add(new String(FactCodec.encode(fact), StandardCharsets.UTF_8));
    }
    if (other != null) {
      lines.add(lines.size() / 2, other);
    }
    return Files.write(dir.resolve(name), lines);
  }
}
